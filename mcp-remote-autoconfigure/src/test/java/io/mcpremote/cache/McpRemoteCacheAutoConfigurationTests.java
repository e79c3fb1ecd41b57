// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.time.Clock;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpremote.policy.InvalidPolicyException;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Results can be remembered wherever there is an endpoint, of tools for which that makes
 * sense.
 */
class McpRemoteCacheAutoConfigurationTests {

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(McpRemoteCacheAutoConfiguration.class));

	@Test
	void whenDefaultsThenGuardAndStoreInMemory() {
		this.runner.withUserConfiguration(Tools.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(CacheGuard.class)
				.hasSingleBean(ResultCache.class)
				.hasSingleBean(CallerAuthorities.class)
				.hasSingleBean(InMemoryResultStore.class));
	}

	@Test
	void whenSwitchedOffThenNoGuardButWhatApplicationsUse() {
		this.runner.withUserConfiguration(Tools.class)
			.withPropertyValues("mcp.remote.cache.enabled=false", "mcp.remote.tools.write.cache.scope=user")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(CacheGuard.class)
				.hasSingleBean(ResultCache.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenNotRemoteThenNothing(String property) {
		TestRunners.servletWithoutServer()
			.withConfiguration(AutoConfigurations.of(McpRemoteCacheAutoConfiguration.class))
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(CacheGuard.class)
				.doesNotHaveBean(ResultStore.class));
	}

	@Test
	void whenNoCaffeineThenNothing() {
		this.runner.withClassLoader(new FilteredClassLoader(Caffeine.class))
			.withPropertyValues("mcp.remote.rate-limit.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CacheGuard.class));
	}

	@Test
	void whenNoSpringSecurityThenWithoutAuthorities() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(CacheGuard.class)
				.doesNotHaveBean(CallerAuthorities.class));
	}

	@Test
	void whenOwnStoreThenItWins() {
		this.runner.withUserConfiguration(OwnStore.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ResultStore.class)
				.doesNotHaveBean("mcpRemoteResultStore"));
	}

	@ParameterizedTest
	@CsvSource({ "max-size, lots", "max-size, 1KB", "max-entry-size, 0B", "max-entry-size, 2GB" })
	void whenValueCannotBeUsedThenSaysWhich(String name, String value) {
		this.runner.withPropertyValues("mcp.remote.cache." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(failure).hasStackTraceContaining("mcp.remote.cache." + name)));
	}

	@Test
	void whenToolWritesThenRefusesToStart() {
		this.runner.withUserConfiguration(Tools.class)
			.withPropertyValues("mcp.remote.tools.write.cache.time-to-live=45s")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(InvalidPolicyException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("'write'")
						.hasMessageContaining("cache.time-to-live PT45S")
						.hasMessageContaining("does not say that it only reads");
					assertThat(failure.action()).contains("readOnlyHint = true", "mcp.remote.tools[write]",
							"cache.forced");
				}));
	}

	@Test
	void whenToolHasMethodSecurityThenRefusesToStart() {
		this.runner.withUserConfiguration(Tools.class, Secured.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(InvalidPolicyException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("'secured'").hasMessageContaining("method security");
					assertThat(failure.action()).contains("@ToolPolicy", "cache.forced");
				}));
	}

	@Test
	void whenClassHasMethodSecurityThenRefusesToStart() {
		this.runner.withUserConfiguration(Inherited.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidPolicyException.class)
				.hasMessageContaining("'inherited'"));
	}

	@Test
	void whenForcedThenStarts() {
		this.runner.withUserConfiguration(Tools.class, Secured.class)
			.withPropertyValues("mcp.remote.tools.write.cache.forced=true",
					"mcp.remote.tools.secured.cache.forced=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenOnlyDefaultsSaySoThenStarts() {
		this.runner.withUserConfiguration(Tools.class)
			.withPropertyValues("mcp.remote.tool-defaults.cache.time-to-live=30s")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.tools.write.invalidates=reed", "mcp.remote.tool-defaults.invalidates=reed" })
	void whenInvalidatedToolIsUnknownThenRefusesToStart(String property) {
		this.runner.withUserConfiguration(Tools.class)
			.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(InvalidPolicyException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("'reed'").hasMessageContaining("invalidates");
					assertThat(failure.action()).contains("read, write");
				}));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore {

		@Bean
		ResultStore ownStore() {
			return new InMemoryResultStore(1000, 1000, Clock.systemUTC());
		}

	}

	static class Tools {

		@McpTool(name = "read", description = "Reads",
				annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
		@ToolPolicy(cache = @ToolPolicy.Cache)
		String read() {
			return "";
		}

		@McpTool(name = "write", description = "Writes")
		@ToolPolicy(invalidates = "read")
		String write() {
			return "";
		}

	}

	static class Secured {

		@McpTool(name = "secured", description = "Reads",
				annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
		@ToolPolicy(cache = @ToolPolicy.Cache)
		@PreAuthorize("hasRole('boss')")
		String secured() {
			return "";
		}

	}

	static class Base {

		@McpTool(name = "inherited", description = "Reads",
				annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
		@ToolPolicy(cache = @ToolPolicy.Cache)
		String inherited() {
			return "";
		}

	}

	@PreAuthorize("hasRole('boss')")
	static class Inherited extends Base {

	}

}
