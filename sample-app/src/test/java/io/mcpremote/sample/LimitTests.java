// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for limits and deadlines of single tools.
 */
class LimitTests extends AbstractSampleTests {

	@Test
	void generateReportWhenCalledSixTimesThenLimited() {
		String token = TOKENS.agent("write:reports");
		for (int i = 0; i < 5; i++) {
			assertThat(text(call(token, "generate_report", Map.of("projectId", "1")))).contains("Apollo");
		}
		HttpResponse<String> response = call(token, "generate_report", Map.of("projectId", "1"));
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
		assertThat(Http.json(response).at("/error/data/level").asString()).isEqualTo("tool");
	}

	@Test
	void exportArchiveWhenItTakesTooLongThenIsError() {
		assertThat(error(call(TOKENS.agent("read:projects"), "export_archive", Map.of("seconds", 600))))
			.startsWith("The tool took longer than 1 s and was given up.");
	}

}
