// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.TestPolicies;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * The report has what applies to many at once as well.
 */
class PolicyReportTests {

	@Test
	void toStringThenDefaultsAndPatternsHaveRows() {
		Catalog catalog = mock(Catalog.class);
		given(catalog.names(TargetKind.RESOURCE)).willReturn(List.of("docs://open"));
		String report = new PolicyReport(
				catalog, TestPolicies.of("tool-defaults.scopes=everybody",
						"resources.[docs://secret/**].scopes=read:secrets", "resources.[docs://open].scopes=read:open"),
				true)
			.toString();
		assertThat(report.lines()).anyMatch((line) -> line.matches("  tool-defaults +protected +everybody.*"))
			.anyMatch((line) -> line.matches("  resources +docs://secret/\\*\\* +protected +read:secrets.*"))
			.filteredOn((line) -> line.contains("docs://open"))
			.hasSize(1)
			.allMatch((line) -> line.startsWith("  resource "));
	}

}
