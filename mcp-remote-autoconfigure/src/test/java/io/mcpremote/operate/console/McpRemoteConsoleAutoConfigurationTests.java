// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import io.mcpremote.audit.AuditSink;
import io.mcpremote.call.StartupException;
import io.mcpremote.operate.CallStatistics;
import io.mcpremote.test.TestRunners;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console is there for those who want it, and never without somebody at the door.
 */
class McpRemoteConsoleAutoConfigurationTests {

	private static final Filter LOGIN = (request, response, chain) -> chain.doFilter(request, response);

	private final WebApplicationContextRunner bare = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(McpRemoteConsoleAutoConfiguration.class));

	private final WebApplicationContextRunner enabled = this.bare.withPropertyValues("mcp.remote.console.enabled=true");

	private final WebApplicationContextRunner runner = this.enabled.withBean("springSecurityFilterChain", Filter.class,
			() -> LOGIN);

	@Test
	void whenNothingIsSaidThenNothingOfIt() {
		this.bare.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(ConsoleViewers.class)
			.doesNotHaveBean(McpRemoteConsoleProperties.class)
			.doesNotHaveBean(CallStatistics.class)
			.doesNotHaveBean(AuditSink.class)
			.doesNotHaveBean("mcpRemoteConsole"));
	}

	@Test
	void whenEnabledBehindALoginThenThere() {
		this.runner.run((context) -> assertThat(context).hasBean("mcpRemoteConsole")
			.hasSingleBean(ConsoleViewers.class)
			.hasSingleBean(CallStatistics.class)
			.hasSingleBean(AuditSink.class));
	}

	@Test
	void whenNoActuatorThenThere() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("mcpRemoteConsole"));
	}

	@Test
	void whenNoLoginThenRefusesToStart() {
		this.enabled.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOfSatisfying(StartupException.class, (ex) -> {
				assertThat(ex).hasMessageContaining("/mcp-console").hasMessageContaining("open to everybody");
				assertThat(ex.action()).contains("spring-boot-starter-security", "MCP_OPERATOR",
						"mcp.remote.console.unsecured");
			}));
	}

	@Test
	void whenUnsecuredOnPurposeThenThereAlsoWithoutSpringSecurity() {
		this.enabled.withPropertyValues("mcp.remote.console.unsecured=true")
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("mcpRemoteConsole"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.forward-headers-strategy=framework", "server.forward-headers-strategy=NATIVE",
			"server.tomcat.remoteip.remote-ip-header=x-forwarded-for", "spring.main.cloud-platform=kubernetes",
			"mcp.remote.public-url=https://mcp.example.com/mcp" })
	void whenUnsecuredAndAProxyIsExpectedThenRefusesToStart(String property) {
		this.enabled.withPropertyValues("mcp.remote.console.unsecured=true", property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(StartupException.class,
						(ex) -> assertThat(ex).hasMessageContaining(property.replaceAll("=.*", ""))));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "server.forward-headers-strategy=none", "mcp.remote.public-url=http://localhost:8080/mcp" })
	void whenUnsecuredAndNoProxyIsExpectedThenThere(String property) {
		this.enabled.withPropertyValues("mcp.remote.console.unsecured=true", property)
			.run((context) -> assertThat(context).hasNotFailed().hasBean("mcpRemoteConsole"));
	}

	@ParameterizedTest
	@CsvSource({ "path, mcp-console", "path, /", "path, /mcp-console/", "path, /mcp", "path, /a/../b", "path, /*",
			"role, ROLE_ADMIN", "max-viewers, 0", "unsecured, true" })
	void whenValueIsWrongThenRefusesAndNamesIt(String name, String value) {
		this.runner.withPropertyValues("mcp.remote.console." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo("mcp.remote.console." + name)));
	}

	@Test
	void whenPathIsAnotherThenServedThere() {
		this.runner.withPropertyValues("mcp.remote.console.path=/ops/mcp")
			.run((context) -> assertThat(context.getBean("mcpRemoteConsole")).extracting("urlMappings")
				.hasToString("[/ops/mcp, /ops/mcp/*]"));
	}

}
