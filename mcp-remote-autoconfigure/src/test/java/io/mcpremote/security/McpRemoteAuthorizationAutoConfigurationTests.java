// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.ArrayList;
import java.util.List;

import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.CatalogFilter;
import io.mcpremote.call.StartupException;
import io.mcpremote.policy.Policies;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Calls are authorized wherever there is an endpoint, unless that is switched off.
 */
class McpRemoteAuthorizationAutoConfigurationTests {

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withPropertyValues("mcp.remote.security.enabled=true");

	@Test
	void whenDefaultsThenAuthorizes() {
		this.runner.withUserConfiguration(TestAuthentication.class).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(AuthorizeGuard.class).hasSingleBean(CatalogFilter.class);
			assertThat(context.getBean(CallPipeline.class).toString()).contains("authorize");
		});
	}

	@Test
	void whenNothingTellsClientsWhereToGetTokensThenRefusesToStart() {
		this.runner.run((context) -> assertThat(context).hasFailed()
			.getFailure()
			.hasStackTraceContaining("io.mcpremote.wire.Challenges"));
	}

	@Test
	void whenSwitchedOffThenPoliciesOnly() {
		TestRunners.servlet()
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Policies.class)
				.doesNotHaveBean(AuthorizeGuard.class)
				.doesNotHaveBean(CatalogFilter.class));
	}

	@Test
	void whenNoSpringSecurityThenRefusesToStart() {
		this.runner.withClassLoader(new FilteredClassLoader(SecurityContextHolder.class))
			.run((context) -> assertThat(context).hasFailed().getFailure().isInstanceOf(StartupException.class));
	}

	@ParameterizedTest
	@CsvSource({ "io.mcpremote.policy.McpRemotePolicyAutoConfiguration, there are no policies",
			"io.mcpremote.security.McpRemoteAuthorizationAutoConfiguration, no guard stands at the stage AUTHORIZE" })
	void whenExcludedThenRefusesToStart(String excluded, String reason) {
		try (TestIssuer issuer = new TestIssuer()) {
			List<String> properties = new ArrayList<>(issuer.properties());
			properties.add("spring.autoconfigure.exclude=" + excluded);
			assertThatThrownBy(() -> RunningServer.secured(properties).close())
				.isInstanceOfSatisfying(StartupException.class, (ex) -> {
					assertThat(ex).hasMessageContaining(reason);
					assertThat(ex.action()).contains(excluded.substring(excluded.lastIndexOf('.') + 1),
							"mcp.remote.security.enabled=false");
				});
		}
	}

	@Test
	void whenExcludedAndSecuritySwitchedOffThenStarts() {
		try (RunningServer server = RunningServer
			.start(List.of("spring.autoconfigure.exclude=io.mcpremote.policy.McpRemotePolicyAutoConfiguration,"
					+ "io.mcpremote.security.McpRemoteAuthorizationAutoConfiguration"))) {
			assertThat(server.context().getBeanNamesForType(Policies.class)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenNoEndpointThenNoGuard(String property) {
		TestRunners.servletWithoutServer()
			.withPropertyValues("mcp.remote.security.enabled=true", property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuthorizeGuard.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "write", "a > b, b > a" })
	void whenHierarchyCannotBeReadThenRefusesToStart(String hierarchy) {
		this.runner.withUserConfiguration(TestAuthentication.class)
			.withPropertyValues("mcp.remote.security.scope-hierarchy=" + hierarchy)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("mcp.remote.security.scope-hierarchy");
					assertThat(ex.getReason()).contains("write:projects > read:projects");
				}));
	}

}
