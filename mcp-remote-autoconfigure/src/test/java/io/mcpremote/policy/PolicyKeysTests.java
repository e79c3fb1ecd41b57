// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
		assertThat(policy.rateLimit()).isNull();
		assertThat(policy.cost()).isOne();
	}

	@Test
	void toolWhenAnnotatedThenAllKeys() {
		assertAllKeys(TestPolicies.of(List.of(new Annotated())).tool("all"));
	}

	@Test
	void toolWhenConfiguredThenAllKeys() {
		assertAllKeys(TestPolicies.of("tools.all.rate-limit=5/1h", "tools.all.cost=3").tool("all"));
	}

	@Test
	void toolWhenConfiguredThenOverAnnotationKeyByKey() {
		Policy policy = TestPolicies.of(List.of(new Annotated()), "tools.all.rate-limit=", "tool-defaults.cost=9")
			.tool("all");
		assertThat(policy.rateLimit()).isNull();
		assertThat(policy.cost()).isEqualTo(3);
	}

	@Test
	void promptAndResourceWhenConfiguredThenTheirs() {
		Policies policies = TestPolicies.of("prompts.p.rate-limit=1/1m", "resources.[docs://**].rate-limit=2/1m");
		assertThat(policies.prompt("p").rateLimit()).hasToString("1/1m");
		assertThat(policies.resource("docs://1", "docs://{id}").rateLimit()).hasToString("2/1m");
	}

	@ParameterizedTest
	@CsvSource({ "rate-limit, 5/banana", "rate-limit, 0/1h", "cost, 0", "cost, 1000001" })
	void toolWhenValueCannotBeUsedThenSaysWhere(String key, String value) {
		Policies policies = TestPolicies.of("tools.x." + key + "=" + value);
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> policies.tool("x"))
			.withMessageContaining("mcp.remote.tools[x]")
			.withMessageContaining(key)
			.withMessageContaining(value)
			.satisfies((ex) -> assertThat(ex.action()).isNotBlank());
	}

	@Test
	void toolWhenAnnotationIsUnreadableThenSaysWhere() {
		assertThatExceptionOfType(InvalidPolicyException.class)
			.isThrownBy(() -> TestPolicies.of(List.of(new Unreadable())).tool("soon"))
			.withMessageContaining("Unreadable.soon")
			.withMessageContaining("'soon' in rate-limit");
	}

	private static void assertAllKeys(Policy policy) {
		assertThat(policy.rateLimit()).isEqualTo(new Rate(5, Duration.ofHours(1)));
		assertThat(policy.cost()).isEqualTo(3);
	}

	static class Annotated {

		@McpTool(name = "all", description = "Has everything")
		@ToolPolicy(rateLimit = "5/1h", cost = 3)
		String all() {
			return "";
		}

	}

	static class Unreadable {

		@McpTool(name = "soon", description = "Has no time")
		@ToolPolicy(rateLimit = "soon")
		String soon() {
			return "";
		}

	}

}
