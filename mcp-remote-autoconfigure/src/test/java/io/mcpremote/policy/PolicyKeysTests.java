// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every key means the same in an annotation and in configuration, which wins.
 */
class PolicyKeysTests {

	@Test
	void toolWhenNothingIsSaidThenDefaults() {
		Policy policy = TestPolicies.of().tool("any");
		assertThat(policy).isEqualTo(Policy.DEFAULT);
		assertThat(policy.timeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(policy.cost()).isOne();
		assertThat(policy.interruptible()).isTrue();
	}

	@Test
	void toolWhenAnnotatedThenAllKeys() {
		assertAllKeys(TestPolicies.of(List.of(new Annotated())).tool("all"));
	}

	@Test
	void toolWhenConfiguredThenAllKeys() {
		String[] properties = { "rate-limit=5/1h", "cost=3", "timeout=5s", "interruptible=false", "max-concurrency=2",
				"cache.time-to-live=1m", "cache.scope=shared", "cache.forced=true", "invalidates=list,other",
				"idempotent=true", "confirm=Delete {id}?", "deprecated.since=1.2", "deprecated.removal=2027-01-31",
				"deprecated.replaced-by=other", "sensitive=note,patient.name" };
		for (int i = 0; i < properties.length; i++) {
			properties[i] = "tools.all." + properties[i];
		}
		assertAllKeys(TestPolicies.of(properties).tool("all"));
	}

	@Test
	void toolWhenConfiguredThenOverAnnotationKeyByKey() {
		Policy policy = TestPolicies
			.of(List.of(new Annotated()), "tools.all.rate-limit=", "tools.all.confirm=",
					"tools.all.cache.time-to-live=0", "tools.all.timeout=1s", "tool-defaults.cost=9")
			.tool("all");
		assertThat(policy.rateLimit()).isNull();
		assertThat(policy.confirm()).isNull();
		assertThat(policy.cache()).isNull();
		assertThat(policy.timeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(policy.cost()).isEqualTo(3);
		assertThat(policy.idempotent()).isTrue();
	}

	@Test
	void toolWhenSensitiveInSeveralPlacesThenAllOfThem() {
		Policies policies = TestPolicies.of(List.of(new Annotated()), "tool-defaults.sensitive=a",
				"tools.all.sensitive=b", "tools.none.sensitive=", "prompts.p.sensitive=c");
		assertThat(policies.tool("all").sensitive()).containsExactlyInAnyOrder("a", "b", "note", "patient.name");
		assertThat(policies.tool("none").sensitive()).containsExactly("a");
		assertThat(policies.prompt("p").sensitive()).containsExactly("c");
	}

	@Test
	void promptAndResourceWhenConfiguredThenTheirs() {
		Policies policies = TestPolicies.of("prompts.p.rate-limit=1/1m", "resources.[docs://**].rate-limit=2/1m");
		assertThat(policies.prompt("p").rateLimit()).hasToString("1/1m");
		assertThat(policies.resource("docs://1", "docs://{id}").rateLimit()).hasToString("2/1m");
	}

	@ParameterizedTest
	@CsvSource({ "rate-limit, 5/banana", "rate-limit, 0/1h", "cost, 0", "cost, 1000001", "timeout, -1s", "timeout, 2d",
			"max-concurrency, -1", "deprecated.removal, tomorrow", "cache.time-to-live, -5s", "sensitive, a..b",
			"sensitive, ..." })
	void toolWhenValueCannotBeUsedThenSaysWhere(String key, String value) {
		Policies policies = TestPolicies.of("tools.x." + key + "=" + value);
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> policies.tool("x"))
			.withMessageContaining("mcp.remote.tools[x]")
			.withMessageContaining(key)
			.withMessageContaining((key.equals("timeout") || key.contains("time-to-live")) ? "PT" : value)
			.satisfies((ex) -> assertThat(ex.action()).isNotBlank());
	}

	@Test
	void toolWhenAnnotationIsUnreadableThenSaysWhere() {
		assertThatExceptionOfType(InvalidPolicyException.class)
			.isThrownBy(() -> TestPolicies.of(List.of(new Unreadable())).tool("soon"))
			.withMessageContaining("Unreadable.soon")
			.withMessageContaining("'soon' in timeout");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "cache.scope=user", "idempotent=true", "confirm=Sure?", "invalidates=x", "deprecated.since=1" })
	void promptWhenKeyIsOfToolsThenRefused(String property) {
		Policies policies = TestPolicies.of("prompts.p." + property);
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> policies.prompt("p"))
			.withMessageContaining("mcp.remote.prompts[p]")
			.withMessageContaining("only tools");
	}

	@Test
	void promptWhenAnnotatedWithKeyOfToolsThenRefused() {
		assertThatExceptionOfType(InvalidPolicyException.class)
			.isThrownBy(() -> TestPolicies.of(List.of(new AnnotatedPrompt())).prompt("ask"))
			.withMessageContaining("AnnotatedPrompt.ask");
	}

	private static void assertAllKeys(Policy policy) {
		assertThat(policy.rateLimit()).isEqualTo(new Rate(5, Duration.ofHours(1)));
		assertThat(policy.cost()).isEqualTo(3);
		assertThat(policy.timeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(policy.interruptible()).isFalse();
		assertThat(policy.maxConcurrency()).isEqualTo(2);
		assertThat(policy.cache()).isEqualTo(new CacheRule(Duration.ofMinutes(1), CacheScope.SHARED, true));
		assertThat(policy.invalidates()).isEqualTo(Set.of("list", "other"));
		assertThat(policy.idempotent()).isTrue();
		assertThat(policy.confirm()).isEqualTo("Delete {id}?");
		assertThat(policy.sunset()).isEqualTo(new Sunset("1.2", LocalDate.of(2027, 1, 31), "other"));
		assertThat(policy.sensitive()).isEqualTo(Set.of("note", "patient.name"));
	}

	static class Annotated {

		@McpTool(name = "all", description = "Has everything")
		@ToolPolicy(rateLimit = "5/1h", cost = 3, timeout = "5s", interruptible = false, maxConcurrency = 2,
				cache = @ToolPolicy.Cache(timeToLive = "1m", scope = CacheScope.SHARED, forced = true),
				invalidates = { "list", "other" }, idempotent = true, confirm = "Delete {id}?",
				deprecated = @Deprecation(since = "1.2", removal = "2027-01-31", replacedBy = "other"),
				sensitive = { "note", "patient.name" })
		String all() {
			return "";
		}

	}

	static class Unreadable {

		@McpTool(name = "soon", description = "Has no time")
		@ToolPolicy(timeout = "soon")
		String soon() {
			return "";
		}

	}

	static class AnnotatedPrompt {

		@McpPrompt(name = "ask", description = "Asks")
		@ToolPolicy(confirm = "Really?")
		String ask() {
			return "";
		}

	}

}
