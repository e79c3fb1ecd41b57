// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for what is said where the application cannot stay quite as it was.
 */
@ExtendWith(OutputCaptureExtension.class)
class FirstStartTests {

	@Test
	void startWhenNothingButTheStarterIsAddedThenSaysWhatElseIsNeeded(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> start("--spring.config.location=classpath:/application.yml", "--server.port=0"));
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", "Action:",
				"spring.security.oauth2.resourceserver.jwt.issuer-uri", "mcp.remote.public-url",
				"mcp.remote.security.enabled");
	}

	@Test
	void startWhenProtocolIsSseThenSaysThatItIsGone(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--spring.ai.mcp.server.protocol=SSE", "--server.port=0"));
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", "spring.ai.mcp.server.protocol",
				"Remove the property or set it to STREAMABLE");
	}

	@Test
	void startWhenProtocolIsStatelessThenSaysThatItIsTheDefault(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--spring.ai.mcp.server.protocol=STATELESS", "--server.port=0"));
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", "statelessly unless told otherwise");
	}

	/**
	 * Where Spring AI has transports for both stacks it does not start by itself.
	 */
	@Test
	@Tag("one-stack")
	void startWhenSwitchedOffThenServedBySpringAiAsBefore() {
		try (ConfigurableApplicationContext context = SpringApplication.run(InventoryApplication.class,
				"--mcp.remote.enabled=false", "--server.port=0")) {
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			HttpResponse<String> response = new Mcp(Http.local(port), "/mcp", null).initialize();
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(Http.header(response, "Mcp-Session-Id")).isNotEmpty();
		}
	}

	private static void start(String... args) {
		SpringApplication.run(InventoryApplication.class, args).close();
	}

}
