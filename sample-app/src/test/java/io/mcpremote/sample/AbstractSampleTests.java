// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.net.http.HttpResponse;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample as it starts by itself, on another port.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
		properties = { "mcp.remote.rate-limit.session=10000/1m", "mcp.remote.tools.export_archive.timeout=1s",
				"dev-auth.accounts.nobody.password=nobody",
				"dev-auth.accounts.nobody.scopes=" + AbstractSampleTests.NOBODY_MAY })
abstract class AbstractSampleTests {

	/**
	 * Scopes of an account that belongs to no tenant.
	 */
	static final String NOBODY_MAY = "read:projects, write:projects, read:contacts";

	static final int PORT = TestSocketUtils.findAvailableTcpPort();

	static final String ORIGIN = "http://localhost:" + PORT;

	static final String ENDPOINT = ORIGIN + "/mcp";

	static final Tokens TOKENS = new Tokens(ORIGIN, ENDPOINT);

	@DynamicPropertySource
	static void port(DynamicPropertyRegistry registry) {
		registry.add("server.port", () -> PORT);
	}

	static HttpResponse<String> call(String token, String tool, Map<String, ?> arguments) {
		return send(token, "tools/call", Map.of("name", tool, "arguments", arguments));
	}

	static HttpResponse<String> send(String token, String method, Map<String, ?> params) {
		return Http.postJson(ENDPOINT, Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params), "Accept",
				"application/json", "Authorization", "Bearer " + token);
	}

	/**
	 * Return the text of a call that has worked.
	 */
	static String text(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		JsonNode result = Http.json(response).get("result");
		assertThat(result.path("isError").asBoolean(false)).as(response.body()).isFalse();
		return result.at("/content/0/text").asString();
	}

	/**
	 * Return what a tool says of why it has not worked.
	 */
	static String error(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		JsonNode result = Http.json(response).get("result");
		assertThat(result.path("isError").asBoolean(false)).as(response.body()).isTrue();
		return result.at("/content/0/text").asString();
	}

}
