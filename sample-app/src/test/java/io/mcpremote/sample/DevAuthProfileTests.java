// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.mcpremote.call.StartupException;
import io.mcpremote.input.McpRemoteInputProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for when there is a development authorization server.
 */
@ExtendWith(OutputCaptureExtension.class)
class DevAuthProfileTests {

	private static final Pattern SHOWN = Pattern.compile("^```text run dev-auth (\\S+)\\R((?s:.*?))^```$",
			Pattern.MULTILINE);

	private static final String REPORT = "APPLICATION FAILED TO START\n***************************\n\n";

	/**
	 * Places where it does not start, by the name that the documentation has for them.
	 */
	private static final Map<String, String> REFUSED = Map.of("public-url",
			"--mcp.remote.public-url=https://mcp.example.com/mcp", "address", "--server.address=0.0.0.0",
			"forwarded-headers", "--server.forward-headers-strategy=framework", "cloud",
			"--spring.main.cloud-platform=kubernetes");

	@Test
	void pageThenShowsEveryRefusal() throws IOException {
		assertThat(shown()).containsOnlyKeys(REFUSED.keySet());
	}

	@ParameterizedTest
	@ValueSource(strings = { "public-url", "address", "forwarded-headers", "cloud" })
	void startWhenThisIsNoPlaceForItThenSaysWhatIsShown(String name, CapturedOutput output) throws IOException {
		assertThatException().isThrownBy(() -> start(REFUSED.get(name)))
			.withRootCauseInstanceOf(StartupException.class);
		assertThat(output.getAll().replace("\r", "")).contains(REPORT + shown().get(name));
	}

	@Test
	@Timeout(value = 3, unit = TimeUnit.MINUTES)
	void startWhenInClusterThenRefused(@TempDir Path directory) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", System.getProperty("java.class.path"), SampleApplication.class.getName(), "--server.port=0")
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("log").toFile());
		// What a pod is given
		builder.environment().put("KUBERNETES_SERVICE_HOST", "10.96.0.1");
		builder.environment().put("KUBERNETES_SERVICE_PORT", "443");
		Process process = builder.start();
		try {
			assertThat(process.waitFor()).isEqualTo(1);
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(directory.resolve("log")).content()
			.contains("APPLICATION FAILED TO START")
			.contains("this is KUBERNETES")
			.contains("--spring.profiles.active=keycloak");
	}

	@Test
	void startWhenAnotherProfileIsActiveThenIsThere() {
		try (ConfigurableApplicationContext application = start("--spring.profiles.active=other")) {
			assertThat(application.getBeansOfType(RegisteredClientRepository.class)).hasSize(1);
			assertThat(application.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
			assertThat(redirects(application)).isZero();
		}
	}

	@Test
	void startWhenKeycloakIsActiveThenIsNotThere() {
		try (ConfigurableApplicationContext application = start("--spring.profiles.active=keycloak",
				"--mcp.remote.public-url=https://mcp.example.com/mcp")) {
			assertThat(application.getBeansOfType(RegisteredClientRepository.class)).isEmpty();
			assertThat(application.getEnvironment().getProperty("server.address")).isNull();
			assertThat(redirects(application)).isZero();
			String origin = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
			assertThat(Http.get(origin + "/.well-known/oauth-protected-resource/mcp").body())
				.contains("http://localhost:8180/realms/projects");
			assertThat(Http.get(origin + "/.well-known/oauth-authorization-server").statusCode()).isEqualTo(404);
			assertThat(Http.get(origin + "/oauth2/jwks").statusCode()).isEqualTo(404);
			assertThat(application.getBeansOfType(UserDetailsService.class)).isEmpty();
		}
	}

	@Test
	void operatorWhenKeycloakIsActiveThenNeedsPassword() {
		try (ConfigurableApplicationContext application = start("--spring.profiles.active=keycloak",
				"--spring.security.user.password=secret")) {
			assertThat(actuator(application, "operator", "secret").body()).contains("generate_report");
			assertThat(actuator(application, "operator", "operator").statusCode()).isEqualTo(401);
			assertThat(actuator(application, "editor", "editor").statusCode()).isEqualTo(401);
		}
	}

	private static HttpResponse<String> actuator(ConfigurableApplicationContext application, String user,
			String password) {
		return Http.get(
				"http://localhost:" + application.getEnvironment().getProperty("local.server.port") + "/actuator/mcp",
				"Authorization", Http.basic(user, password));
	}

	private static Map<String, String> shown() throws IOException {
		return SHOWN.matcher(Files.readString(Path.of("../docs/troubleshooting.md")))
			.results()
			.collect(Collectors.toMap((block) -> block.group(1), (block) -> block.group(2)));
	}

	private static int redirects(ConfigurableApplicationContext application) {
		return application.getBean(McpRemoteInputProperties.class).url().maxRedirects();
	}

	private static ConfigurableApplicationContext start(String... args) {
		String[] all = new String[args.length + 1];
		System.arraycopy(args, 0, all, 0, args.length);
		all[args.length] = "--server.port=0";
		return new SpringApplicationBuilder(SampleApplication.class).run(all);
	}

}
