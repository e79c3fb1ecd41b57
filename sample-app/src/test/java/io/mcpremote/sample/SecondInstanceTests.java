// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a second instance, and for the port of operators.
 */
class SecondInstanceTests extends AbstractSampleTests {

	@Test
	void secondInstanceWhenItHasTheKeysOfTheFirstThenAcceptsItsTokens() {
		int port = TestSocketUtils.findAvailableTcpPort();
		try (ConfigurableApplicationContext second = start("--server.port=" + port,
				"--mcp.remote.public-url=" + ENDPOINT,
				"--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + ORIGIN + "/oauth2/jwks")) {
			assertThat(second.isRunning()).isTrue();
			assertThat(Http
				.postJson("http://localhost:" + port + "/mcp",
						Map.of("jsonrpc", "2.0", "id", 1, "method", "tools/call", "params", Map.of("name", "whoami")),
						"Authorization", "Bearer " + TOKENS.agent("read:projects"))
				.body()).contains("demo-agent");
			assertThat(Http.json(Http.get("http://localhost:" + port + "/.well-known/oauth-authorization-server"))
				.get("issuer")
				.asString()).isEqualTo(ORIGIN);
		}
	}

	@Test
	void actuatorWhenOnItsOwnPortThenHealthAndMetricsNeedNoLogin() {
		int port = TestSocketUtils.findAvailableTcpPort();
		int management = TestSocketUtils.findAvailableTcpPort();
		try (ConfigurableApplicationContext application = start("--server.port=" + port,
				"--management.server.port=" + management)) {
			assertThat(application.isRunning()).isTrue();
			String actuator = "http://localhost:" + management + "/actuator/";
			assertThat(Http.get(actuator + "health").statusCode()).isEqualTo(200);
			assertThat(Http.get(actuator + "prometheus").body()).contains("jvm_memory_used_bytes");
			assertThat(Http.get(actuator + "mcp").statusCode()).isEqualTo(401);
			assertThat(Http.get(actuator + "mcp", "Authorization", Http.basic("viewer", "viewer")).statusCode())
				.isEqualTo(403);
			assertThat(Http.get(actuator + "mcp", "Authorization", Http.basic("editor", "editor")).body())
				.contains("generate_report");
		}
	}

	@Test
	void actuatorWhenAskedByStrangerThenNoPasswordIsGood() {
		int management = TestSocketUtils.findAvailableTcpPort();
		try (ConfigurableApplicationContext application = start("--server.port=0",
				"--management.server.port=" + management)) {
			assertThat(application.isRunning()).isTrue();
			String actuator = "http://localhost:" + management + "/actuator/";
			String[] stranger = { "X-Forwarded-For", "198.51.100.7" };
			String[] editor = { "X-Forwarded-For", "198.51.100.7", "Authorization", Http.basic("editor", "editor") };
			assertThat(Http.get(actuator + "health", stranger).statusCode()).isEqualTo(200);
			assertThat(Http.get(actuator + "prometheus", stranger).statusCode()).isEqualTo(200);
			assertThat(Http.get(actuator + "mcp", stranger).statusCode()).isEqualTo(401);
			assertThat(Http.get(actuator + "mcp", editor).statusCode()).isEqualTo(403);
			assertThat(Http.get(actuator + "mcp", editor).body()).contains("for this machine only");
		}
		assertThat(Http
			.get(ORIGIN + "/actuator/mcp", "X-Forwarded-For", "198.51.100.7", "Authorization",
					Http.basic("editor", "editor"))
			.statusCode()).isEqualTo(403);
	}

	@Test
	void actuatorWhenOnTheCommonPortThenOnlyHealthNeedsNoLogin() {
		assertThat(Http.get(ORIGIN + "/actuator/health").statusCode()).isEqualTo(200);
		assertThat(Http.get(ORIGIN + "/actuator/prometheus").statusCode()).isEqualTo(401);
		assertThat(Http.get(ORIGIN + "/actuator/mcp").statusCode()).isEqualTo(401);
	}

	private static ConfigurableApplicationContext start(String... args) {
		return new SpringApplicationBuilder(SampleApplication.class).run(args);
	}

}
