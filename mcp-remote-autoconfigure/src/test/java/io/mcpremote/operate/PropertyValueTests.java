// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.mcpremote.call.StartupException;
import io.mcpremote.policy.InvalidPolicyException;
import io.mcpremote.test.TestRunners;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every property refuses what it cannot be, in a way that Spring Boot or we have an
 * analyzer for.
 */
class PropertyValueTests {

	/**
	 * Of features that take more than properties, whose own tests look at them.
	 */
	private static final List<String> ELSEWHERE = List.of("mcp.remote.audit.file.", "mcp.remote.audit.jdbc.",
			"mcp.remote.audit.ledger.", "mcp.remote.audit.verify", "mcp.remote.console.", "mcp.remote.security.",
			"mcp.remote.token-exchange.");

	private static final Set<String> NUMBERS = Set.of("java.lang.Integer", "java.lang.Long", "java.time.Duration",
			"org.springframework.util.unit.DataSize");

	private static final Set<String> TEXTS = Set.of("java.lang.String", "java.net.URI",
			"java.util.List<java.lang.String>", "java.util.Set<java.lang.String>");

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withPropertyValues("mcp.remote.public-url=http://localhost/mcp", "mcp.remote.sessions.enabled=true")
		.withUserConfiguration(Tools.class)
		.withBean(ObservationRegistry.class, ObservationRegistry::create)
		.withConfiguration(AutoConfigurations.of(ours()));

	@ParameterizedTest
	@MethodSource("numbers")
	void startWhenNumberIsNegativeThenRefused(String property) {
		assertRefused(property + "=-1");
	}

	@ParameterizedTest
	@MethodSource("typed")
	void startWhenValueIsOfNoSuchTypeThenRefused(String property) {
		assertRefused(property + "=nonsense");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled", "mcp.remote.audit.enabled", "mcp.remote.rate-limit.enabled",
			"mcp.remote.security.enabled", "mcp.remote.output.enabled" })
	void startWhenSwitchLooksLikeOnThenRefusedRatherThanOff(String property) {
		for (String value : List.of("yes", "on", "1", "flase", "")) {
			assertRefused(property + "=" + value);
		}
		this.runner.withPropertyValues(property + "=FALSE").run((context) -> assertThat(context).hasNotFailed());
	}

	private void assertRefused(String property) {
		this.runner.withPropertyValues(property).run((context) -> {
			assertThat(context).as(property).hasFailed();
			List<Throwable> causes = new ArrayList<>();
			for (Throwable ex = context.getStartupFailure(); ex != null; ex = ex.getCause()) {
				causes.add(ex);
			}
			assertThat(causes).as(property)
				.anyMatch((ex) -> ex instanceof BindException || ex instanceof StartupException
						|| ex instanceof InvalidPolicyException
						|| ex instanceof InvalidConfigurationPropertyValueException);
		});
	}

	static Stream<String> numbers() throws IOException {
		return properties(NUMBERS, true);
	}

	static Stream<String> typed() throws IOException {
		return properties(TEXTS, false);
	}

	private static Stream<String> properties(Set<String> types, boolean wanted) throws IOException {
		List<String> names = new ArrayList<>();
		try (InputStream metadata = PropertyValueTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			for (JsonNode property : JsonMapper.builder().build().readTree(metadata).get("properties")) {
				String name = property.get("name").asString();
				if (name.startsWith("mcp.remote.") && ELSEWHERE.stream().noneMatch(name::startsWith)
						&& types.contains(property.get("type").asString()) == wanted) {
					names.add(name);
				}
			}
		}
		return names.stream();
	}

	private static Class<?>[] ours() {
		return ImportCandidates
			.load(org.springframework.boot.autoconfigure.AutoConfiguration.class,
					PropertyValueTests.class.getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.mcpremote."))
			.map((name) -> ClassUtils.resolveClassName(name, PropertyValueTests.class.getClassLoader()))
			.toArray(Class<?>[]::new);
	}

	static class Tools {

		@McpTool(name = "echo", description = "Says it again")
		String echo(String text) {
			return text;
		}

	}

}
