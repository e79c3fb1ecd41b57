// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.TestPolicies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * The report has what applies to many at once as well.
 */
@ExtendWith(OutputCaptureExtension.class)
class PolicyReportTests {

	@Test
	void reportThenDefaultsAndPatternsHaveRows(CapturedOutput output) {
		Catalog catalog = mock(Catalog.class);
		given(catalog.names(TargetKind.RESOURCE)).willReturn(List.of("docs://open"));
		new PolicyReport(
				catalog, TestPolicies.of("tool-defaults.scopes=everybody",
						"resources.[docs://secret/**].scopes=read:secrets", "resources.[docs://open].scopes=read:open"),
				true)
			.afterSingletonsInstantiated();
		assertThat(output.getOut().lines()).anyMatch((line) -> line.matches("  tool-defaults +protected +everybody.*"))
			.anyMatch((line) -> line.matches("  resources +docs://secret/\\*\\* +protected +read:secrets.*"))
			.filteredOn((line) -> line.contains("docs://open"))
			.hasSize(1)
			.allMatch((line) -> line.startsWith("  resource "));
	}

}
