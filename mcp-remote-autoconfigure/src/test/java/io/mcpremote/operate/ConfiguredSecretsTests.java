// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import io.mcpremote.audit.ledger.McpRemoteAuditLedgerProperties;
import io.mcpremote.security.McpRemoteApiKeyProperties;
import io.mcpremote.test.TestRunners;
import io.mcpremote.test.UsedSecrets;
import io.mcpremote.test.UsedSecrets.Kind;
import io.mcpremote.transport.McpRemoteProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An actuator that may show all values shows no keys of this server.
 */
class ConfiguredSecretsTests {

	private static final String STATE_KEY = UsedSecrets.add(Kind.CONFIGURED_KEY,
			"c3RhdGUta2V5LW9mLXRoZS1hY3R1YXRvci10ZXN0cyE=");

	private static final String LEDGER_KEY = UsedSecrets.add(Kind.CONFIGURED_KEY,
			"bGVkZ2VyLWtleS1vZi10aGUtYWN0dWF0b3ItdGVzdHM=");

	private static final String PRIVATE_KEY = UsedSecrets.add(Kind.PRIVATE_KEY, "private-key-of-the-actuator-tests");

	private static final String DIGEST = "0123456789abcdef".repeat(4);

	private static final String PASSWORD = UsedSecrets.add(Kind.CONFIGURED_KEY, "hunter2-of-the-actuator");

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(EnvironmentEndpointAutoConfiguration.class,
				ConfigurationPropertiesReportEndpointAutoConfiguration.class))
		.withUserConfiguration(Bound.class)
		.withPropertyValues("management.endpoints.web.exposure.include=env,configprops",
				"management.endpoint.env.show-values=always", "management.endpoint.configprops.show-values=always",
				"mcp.remote.request-state.keys=" + STATE_KEY, "mcp.remote.audit.ledger.keys[0].id=k1",
				"mcp.remote.audit.ledger.keys[0].secret=" + LEDGER_KEY, "mcp.remote.audit.ledger.signing-keys[0].id=s1",
				"mcp.remote.audit.ledger.signing-keys[0].private-key=" + PRIVATE_KEY,
				"mcp.remote.security.api-key.keys[0].id=first-of-all",
				"mcp.remote.security.api-key.keys[0].digest=" + DIGEST,
				"mcp.remote.security.issuers[0].jwk-set-uri=https://ann:" + PASSWORD + "@keys.example/jwks",
				"application.value=shown-by-intention");

	@Test
	void envWhenValuesAreShownThenNoKeyIs() {
		this.runner.run((context) -> {
			EnvironmentEndpoint endpoint = context.getBean(EnvironmentEndpoint.class);
			String text = JsonMapper.shared().writeValueAsString(endpoint.environment(null));
			assertThat(text).contains("shown-by-intention", "first-of-all", "******");
			assertHidden(text);
			assertHidden(JsonMapper.shared()
				.writeValueAsString(endpoint.environmentEntry("mcp.remote.audit.ledger.keys[0].secret")));
		});
	}

	@Test
	void configpropsWhenValuesAreShownThenNoKeyIs() {
		this.runner.run((context) -> {
			ConfigurationPropertiesReportEndpoint endpoint = context
				.getBean(ConfigurationPropertiesReportEndpoint.class);
			String text = JsonMapper.shared()
				.writeValueAsString(endpoint.configurationPropertiesWithPrefix("mcp.remote"));
			assertThat(text).contains("first-of-all", "requestState", "signingKeys", "******");
			assertHidden(text);
		});
	}

	@Test
	void whenNotServedOrNoActuatorThenNothing() {
		this.runner.withPropertyValues("mcp.remote.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConfiguredSecrets.class));
		TestRunners.servlet()
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("mcpRemoteConfiguredSecrets"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.request-state.keys", "mcp.remote.requestState.keys[1]",
			"MCP_REMOTE_REQUESTSTATE_KEYS", "MCP_REMOTE_REQUESTSTATE_KEYS_0", "mcp.remote.audit.ledger.keys[10].secret",
			"MCP_REMOTE_AUDIT_LEDGER_KEYS_0_SECRET", "mcp.remote.audit.ledger.signingKeys[0].privateKey",
			"mcp.remote.security.api-key.keys[0].digest" })
	void applyWhenKeyThenHidden(String name) {
		assertThat(apply(name, "value")).isEqualTo("******");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.public-url", "mcp.remote.request-state.time-to-live",
			"mcp.remote.audit.ledger.keys[0].id", "mcp.remote.security.memory.max-tokens", "application.secret" })
	void applyWhenNoKeyOfThisServerThenShown(String name) {
		assertThat(apply(name, "https://example.com/a@b")).isEqualTo("https://example.com/a@b");
	}

	@Test
	void applyWhenUrlHasCredentialsThenHidden() {
		assertThat(apply("mcp.remote.security.issuers[0].uri", "https://ann:x@example.com/a")).isEqualTo("******");
		assertThat(apply("mcp.remote.security.issuers[0].uri", null)).isNull();
	}

	private static Object apply(String name, Object value) {
		return new ConfiguredSecrets().apply(new SanitizableData(null, name, value)).getValue();
	}

	private static void assertHidden(String text) {
		assertThat(text).doesNotContain(STATE_KEY, LEDGER_KEY, PRIVATE_KEY, DIGEST, PASSWORD);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ McpRemoteProperties.class, McpRemoteAuditLedgerProperties.class,
			McpRemoteApiKeyProperties.class })
	static class Bound {

	}

}
