// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.mcpremote.test.RunningServer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Minting a key on the command line, in a process of its own as operators do it.
 */
class ApiKeyMintTests {

	private static final String PREFIX = "--mcp.remote.security.api-key.";

	private static final Pattern KEY = Pattern.compile("mcpk_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}");

	@TempDir
	private Path directory;

	@Test
	void mintThenShowsKeyOnceAndEndsWithoutStarting() throws Exception {
		Result result = run(Application.class, PREFIX + "mint=alice \"the\" admin", PREFIX + "mint-scopes=a,b:c",
				PREFIX + "mint-roles=ADMIN", PREFIX + "mint-expires=30d");
		assertThat(result.exit()).as(result.all()).isZero();
		assertThat(result.error()).isEmpty();
		assertThat(result.output()).startsWith("The API key of alice \"the\" admin, which is shown only this once:")
			.contains("It expires at ")
			.doesNotContain("EAGER", "Tomcat", "Started");
		String token = onlyKey(result.output());
		List<String> properties = new ArrayList<>();
		PropertySource<?> yaml = new YamlPropertySourceLoader()
			.load("minted", new ByteArrayResource(
					result.output().substring(result.output().indexOf("\nmcp:")).getBytes(StandardCharsets.UTF_8)))
			.get(0);
		for (String name : ((EnumerablePropertySource<?>) yaml).getPropertyNames()) {
			properties.add(name + "=" + yaml.getProperty(name));
		}
		assertThat(properties).anySatisfy((line) -> assertThat(line).endsWith("keys[0].roles[0]=ADMIN"));
		try (RunningServer server = RunningServer.secured(properties, BearerTokenTests.Tools.class)) {
			assertThat(ApiKeyServerTests.text(ApiKeyServerTests.call(server, "Bearer " + token)))
				.isEqualTo("alice \"the\" admin [SCOPE_a, SCOPE_b:c]");
		}
	}

	@Test
	void mintWhenJdbcThenSaved() throws Exception {
		String url = "jdbc:h2:file:" + this.directory.resolve("keys");
		((JdbcConnectionPool) TestDatabase.create(url)).dispose();
		String[] arguments = { PREFIX + "store=jdbc", PREFIX + "mint=alice", PREFIX + "mint-expires=0", "--db=" + url };
		Result result = run(WithDatabase.class, arguments);
		assertThat(result.exit()).as(result.all()).isZero();
		assertThat(result.output()).contains("It does not expire.", "It has been saved as ").doesNotContain("EAGER");
		Result second = run(WithDatabase.class, arguments);
		assertThat(second.exit()).isZero();
		JdbcConnectionPool database = JdbcConnectionPool.create(url, "sa", "");
		assertThat(new JdbcTemplate(database).queryForList("select digest from mcp_remote_api_key", String.class))
			.containsExactlyInAnyOrder(TestKeys.digest(onlyKey(result.output())),
					TestKeys.digest(onlyKey(second.output())));
		database.dispose();
		Result third = run(WithDatabase.class, arguments);
		assertThat(third.exit()).isEqualTo(1);
		assertThat(third.all()).contains("APPLICATION FAILED TO START", "The owner 'alice' has 2 live API keys already")
			.doesNotContain("mcpk_");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "mint=|mcp.remote.security.api-key.mint|must name the owner",
					"mint-scopes=a b|mcp.remote.security.api-key.mint-scopes|A scope is",
					"mint-expires=-1d|mcp.remote.security.api-key.mint-expires|must not be negative" })
	void mintWhenValueIsWrongThenFails(String argument, String name, String reason) throws Exception {
		Result result = run(Application.class, PREFIX + "mint=alice", PREFIX + argument);
		if (argument.startsWith("mint=")) {
			result = run(Application.class, PREFIX + argument);
		}
		assertThat(result.exit()).isEqualTo(1);
		assertThat(result.all()).contains("APPLICATION FAILED TO START", name, reason).doesNotContain("mcpk_");
	}

	@Test
	void mintWhenSwitchedOffThenFails() throws Exception {
		Result result = run(Application.class, PREFIX + "mint=alice", "--mcp.remote.security.enabled=false");
		assertThat(result.exit()).isEqualTo(1);
		assertThat(result.all()).contains("mcp.remote.security.enabled is false").doesNotContain("EAGER", "mcpk_");
	}

	private static String onlyKey(String output) {
		Matcher matcher = KEY.matcher(output);
		assertThat(matcher.find()).isTrue();
		String key = matcher.group();
		assertThat(matcher.find()).isFalse();
		return key;
	}

	private Result run(Class<?> application, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), application.getName()));
		command.addAll(List.of(arguments));
		Path output = this.directory.resolve("output");
		Path error = this.directory.resolve("error");
		Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
			.redirectError(error.toFile())
			.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			return new Result(process.exitValue(), Files.readString(output), Files.readString(error));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private record Result(int exit, String output, String error) {

		String all() {
			return this.output + this.error;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ BearerTokenTests.Tools.class, Eager.class })
	public static class Application {

		public static void main(String[] arguments) {
			SpringApplication.run(Application.class, arguments);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ BearerTokenTests.Tools.class, Eager.class })
	public static class WithDatabase {

		public static void main(String[] arguments) {
			SpringApplication.run(WithDatabase.class, arguments);
		}

		@Bean
		JdbcTemplate jdbcTemplate(Environment environment) {
			return new JdbcTemplate(JdbcConnectionPool.create(environment.getRequiredProperty("db"), "sa", ""));
		}

	}

	/**
	 * What applications do when they start.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Eager implements SmartLifecycle {

		Eager() {
			System.out.println("EAGER bean");
		}

		@Bean
		ApplicationRunner runner() {
			return (arguments) -> System.out.println("EAGER runner");
		}

		@Override
		public void start() {
			System.out.println("EAGER lifecycle");
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

}
