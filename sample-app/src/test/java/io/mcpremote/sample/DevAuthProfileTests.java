// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import io.mcpremote.call.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for when there is a development authorization server.
 */
@ExtendWith(OutputCaptureExtension.class)
class DevAuthProfileTests {

	@Test
	void startWhenPublicUrlIsNotLoopbackThenRefused(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--mcp.remote.public-url=https://mcp.example.com/mcp"))
			.withRootCauseInstanceOf(StartupException.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("mcp.remote.public-url is https://mcp.example.com/mcp")
			.contains("--spring.profiles.active=keycloak");
	}

	@Test
	void startWhenAnotherProfileIsActiveThenIsThere() {
		try (ConfigurableApplicationContext application = start("--spring.profiles.active=other")) {
			assertThat(application.getBeansOfType(RegisteredClientRepository.class)).hasSize(1);
			assertThat(application.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
		}
	}

	@Test
	void startWhenKeycloakIsActiveThenIsNotThere() {
		try (ConfigurableApplicationContext application = start("--spring.profiles.active=keycloak",
				"--mcp.remote.public-url=https://mcp.example.com/mcp")) {
			assertThat(application.getBeansOfType(RegisteredClientRepository.class)).isEmpty();
			assertThat(application.getEnvironment().getProperty("server.address")).isNull();
			String origin = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
			assertThat(Http.get(origin + "/.well-known/oauth-protected-resource/mcp").body())
				.contains("http://localhost:8180/realms/projects");
			assertThat(Http.get(origin + "/.well-known/oauth-authorization-server").statusCode()).isEqualTo(404);
			assertThat(Http.get(origin + "/oauth2/jwks").statusCode()).isEqualTo(404);
		}
	}

	private static ConfigurableApplicationContext start(String... args) {
		String[] all = new String[args.length + 1];
		System.arraycopy(args, 0, all, 0, args.length);
		all[args.length] = "--server.port=0";
		return new SpringApplicationBuilder(SampleApplication.class).run(all);
	}

}
