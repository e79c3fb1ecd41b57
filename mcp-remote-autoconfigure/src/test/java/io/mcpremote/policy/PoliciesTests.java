// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PostFilter;
import org.springframework.security.access.prepost.PreFilter;
import org.springframework.security.authorization.method.AuthorizeReturnObject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Annotation and configuration become one policy.
 */
class PoliciesTests {

	private static final PolicySettings NOTHING = settings(null, null, null);

	@Test
	void toolWhenNothingIsSaidThenProtected() {
		assertThat(policies(NOTHING, Map.of()).tool("plain")).isEqualTo(policy(Access.PROTECTED, Set.of(), Set.of()));
	}

	@Test
	void toolWhenAnnotatedThenOverDefaultsKeyByKey() {
		Policies policies = policies(settings(null, List.of("basic"), List.of("staff")), Map.of());
		assertThat(policies.tool("plain")).isEqualTo(policy(Access.PROTECTED, Set.of("basic"), Set.of("staff")));
		assertThat(policies.tool("reports"))
			.isEqualTo(policy(Access.PROTECTED, Set.of("write:reports"), Set.of("staff")));
		assertThat(policies.tool("open")).isEqualTo(policy(Access.PUBLIC, Set.of(), Set.of()));
		assertThat(policies.tool("added")).isEqualTo(policies.tool("plain"));
	}

	@Test
	void toolWhenConfiguredThenOverAnnotation() {
		Policies policies = policies(NOTHING, Map.of("reports", settings(null, List.of(), List.of("boss")), "open",
				settings(null, List.of("read"), null), "named-by-method", settings(Access.PUBLIC, null, null)));
		assertThat(policies.tool("reports")).isEqualTo(policy(Access.PROTECTED, Set.of(), Set.of("boss")));
		assertThat(policies.tool("open")).isEqualTo(policy(Access.PROTECTED, Set.of("read"), Set.of()));
		assertThat(policies.anythingPublic()).isTrue();
	}

	@Test
	void toolWhenConfiguredPublicThenAnnotatedScopesAreGone() {
		Policies policies = policies(NOTHING, Map.of("reports", settings(Access.PUBLIC, null, null)));
		assertThat(policies.tool("reports")).isEqualTo(policy(Access.PUBLIC, Set.of(), Set.of()));
	}

	@Test
	void toolWhenDefaultsPublicThenAnnotatedScopesClose() {
		Policies policies = policies(settings(Access.PUBLIC, null, null), Map.of());
		assertThat(policies.tool("plain").isPublic()).isTrue();
		assertThat(policies.tool("reports")).isEqualTo(policy(Access.PROTECTED, Set.of("write:reports"), Set.of()));
	}

	@Test
	void anythingPublicWhenConfigurationClosesThenFalse() {
		PolicySettings closed = settings(Access.PROTECTED, null, null);
		McpRemotePolicyProperties properties = new McpRemotePolicyProperties(false, NOTHING, Map.of("open", closed),
				Map.of(), Map.of());
		assertThat(new Policies(properties, new AnnotatedTargets(() -> List.of(new Tools()), Map::of)).anythingPublic())
			.isFalse();
	}

	@Test
	void toolWhenBehindProxyThenItsAnnotation() {
		ProxyFactory factory = new ProxyFactory(new Tools());
		factory.setProxyTargetClass(true);
		AnnotatedTargets targets = new AnnotatedTargets(() -> List.of(factory.getProxy()), Map::of);
		assertThat(targets.tools()).containsKey("reports");
		assertThat(targets.tool("named")).isNotNull();
	}

	@Test
	void promptAndResourceThenTheirs() {
		Policies policies = policies(NOTHING, Map.of());
		assertThat(policies.prompt("summary").roles()).containsExactly("analyst");
		assertThat(policies.prompt("reports").scopes()).isEmpty();
		assertThat(policies.resource("docs://7", "docs://{id}").scopes()).containsExactly("docs");
		assertThat(policies.resource("docs://7", "docs://7").scopes()).isEmpty();
	}

	@Test
	void resourceWhenConfiguredThenMostSpecific() {
		ResourcePolicies policies = new ResourcePolicies(Map.of("docs://{id}", settings(null, List.of("docs"), null)),
				Map.of("docs://**", settings(null, List.of("all"), null), "docs://s*",
						settings(null, List.of("some"), null), "docs://secret", settings(null, List.of("one"), null),
						"docs://{id}", settings(null, null, List.of("reader"))));
		assertThat(policies.of("docs://secret", "docs://{id}").scopes()).containsExactly("one");
		assertThat(policies.of("docs://some", "docs://{id}").scopes()).containsExactly("some");
		assertThat(policies.of("docs://{id}", "docs://{id}"))
			.isEqualTo(policy(Access.PROTECTED, Set.of("docs"), Set.of("reader")));
		assertThat(policies.of("docs://a/b", "docs://a/b").scopes()).containsExactly("all");
	}

	@Test
	void resourcesThenPoliciesOfAllThatTheTemplateStandsFor() {
		Map<String, PolicySettings> annotated = Map.of("docs://{id}", settings(null, List.of("docs"), null));
		PolicySettings all = settings(null, List.of("all"), null);
		PolicySettings some = settings(null, List.of("some"), null);
		PolicySettings one = settings(null, null, List.of("one"));
		PolicySettings elsewhere = settings(null, List.of("elsewhere"), null);
		Policy ofOne = policy(Access.PROTECTED, Set.of("docs"), Set.of("one"));
		assertThat(new ResourcePolicies(annotated,
				Map.of("docs://**", all, "docs://s*", some, "docs://secret", one, "docs://a/*", elsewhere, "mail://**",
						elsewhere))
			.all("docs://{id}")).containsExactlyInAnyOrder(policy(Access.PROTECTED, Set.of("all"), Set.of()),
					policy(Access.PROTECTED, Set.of("some"), Set.of()), ofOne);
		assertThat(new ResourcePolicies(annotated, Map.of("docs://**", all, "docs://secret", one, "docs://{id}", some))
			.all("docs://{id}")).contains(policy(Access.PROTECTED, Set.of("some"), Set.of()), ofOne)
			.doesNotContain(policy(Access.PROTECTED, Set.of("docs"), Set.of()));
		assertThat(new ResourcePolicies(annotated, Map.of()).all("docs://{id}"))
			.containsExactly(policy(Access.PROTECTED, Set.of("docs"), Set.of()));
	}

	@Test
	void annotationWhenItGovernsNothingThenRefused() {
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> read(new Misplaced()))
			.withMessageContaining("Misplaced.lost governs nothing")
			.satisfies((ex) -> assertThat(ex.action()).contains("@McpTool"));
	}

	@Test
	void annotationWhenInheritedByWhatIsNoToolThenIgnored() {
		assertThat(new AnnotatedTargets(() -> List.of(new Fewer()), Map::of).tools()).containsOnlyKeys("open");
	}

	@Test
	void annotationWhenContradictoryThenRefused() {
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> read(new OpenAndScoped()))
			.withMessageContaining("is public and asks for scopes");
		assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> read(new Tools(), new Twin()))
			.withMessageContaining("'reports'");
	}

	@Test
	void settingsWhenNotNamesThenRefusedWithKey() {
		for (List<String> wrong : List.of(List.of("a b"), List.of(""), List.of("a\"b"), List.of("SCOPE_a"))) {
			Policies policies = policies(NOTHING, Map.of("plain", settings(null, wrong, null)));
			assertThatExceptionOfType(InvalidPolicyException.class).isThrownBy(() -> policies.tool("plain"))
				.withMessageContaining("mcp.remote.tools[plain]")
				.withMessageContaining(wrong.get(0));
		}
	}

	@Test
	void isSecuredWhenItDependsOnTheCallerWhatComesOutThenTrue() {
		AnnotatedTargets targets = new AnnotatedTargets(() -> List.of(new Filtered(), new Wrapped(), new Tools()),
				Map::of);
		assertThat(List.of("denied", "given", "taken", "wrapped", "all-wrapped")).allMatch(targets::isSecured);
		assertThat(targets.isSecured("plain")).isFalse();
	}

	@Test
	void isOnWhenNothingCanBeDeniedThenFalse() {
		AnnotatedTargets targets = new AnnotatedTargets(() -> List.of(new Filtered()), Map::of);
		assertThat(MethodSecurity.isOn(targets.tool("denied"), Filtered.class)).isTrue();
		assertThat(List.of("given", "taken", "wrapped"))
			.noneMatch((tool) -> MethodSecurity.isOn(targets.tool(tool), Filtered.class));
	}

	@Test
	void lacksPolicyWhenRequiredThenOfUngovernedOnly() {
		McpRemotePolicyProperties properties = new McpRemotePolicyProperties(true, NOTHING, Map.of(), Map.of(),
				Map.of());
		Policies policies = new Policies(properties, new AnnotatedTargets(() -> List.of(new Tools()), Map::of));
		assertThat(policies.lacksPolicy("plain")).isTrue();
		assertThat(policies.lacksPolicy("open")).isFalse();
		assertThat(policies.lacksPolicy("reports")).isFalse();
		assertThat(policies(NOTHING, Map.of()).lacksPolicy("plain")).isFalse();
	}

	private static void read(Object... beans) {
		new AnnotatedTargets(() -> List.of(beans), Map::of).tools();
	}

	private static Policies policies(PolicySettings defaults, Map<String, PolicySettings> tools) {
		return new Policies(new McpRemotePolicyProperties(false, defaults, tools, Map.of(), Map.of()),
				new AnnotatedTargets(() -> List.of(new Tools()), Map::of));
	}

	private static PolicySettings settings(@Nullable Access access, @Nullable List<String> scopes,
			@Nullable List<String> roles) {
		return new PolicySettings(access, scopes, roles, null, null, null, null, null, null, null, null, null, null,
				null);
	}

	private static Policy policy(Access access, Set<String> scopes, Set<String> roles) {
		Policy none = Policy.DEFAULT;
		return new Policy(access, new LinkedHashSet<>(scopes), roles, none.rateLimit(), none.cost(), none.timeout(),
				none.interruptible(), none.maxConcurrency(), none.cache(), none.invalidates(), none.idempotent(),
				none.confirm(), none.sunset(), none.sensitive());
	}

	static class Tools {

		@McpTool(description = "Says nothing of itself")
		String plain() {
			return "";
		}

		@McpTool(description = "Has the name of its method")
		String named() {
			return "";
		}

		@McpTool(name = "reports", description = "Writes reports")
		@ToolPolicy(scopes = "write:reports")
		String writeReports() {
			return "";
		}

		@McpTool(name = "open", description = "For everybody")
		@ToolPolicy(access = Access.PUBLIC)
		String open() {
			return "";
		}

		@McpPrompt(description = "Has the name of its method")
		@ToolPolicy(roles = "analyst")
		String summary() {
			return "";
		}

		@McpResource(uri = "docs://{id}", name = "docs")
		@ToolPolicy(scopes = "docs")
		String docs(String id) {
			return id;
		}

	}

	static class Filtered {

		@McpTool(name = "denied", description = "Denied to some")
		@PostAuthorize("returnObject == authentication.name")
		String denied() {
			return "";
		}

		@McpTool(name = "given", description = "Gives everybody their own")
		@PostFilter("filterObject == authentication.name")
		List<String> given() {
			return List.of();
		}

		@McpTool(name = "taken", description = "Takes what is the caller's")
		@PreFilter("filterObject == authentication.name")
		String taken(List<String> names) {
			return "";
		}

		@McpTool(name = "wrapped", description = "Hides what is not for the caller")
		@AuthorizeReturnObject
		List<String> wrapped() {
			return List.of();
		}

	}

	@AuthorizeReturnObject
	static class Wrapped {

		@McpTool(name = "all-wrapped", description = "Hides what is not for the caller")
		List<String> wrapped() {
			return List.of();
		}

	}

	static class Fewer extends Tools {

		@Override
		String writeReports() {
			return "";
		}

	}

	static class Misplaced {

		@ToolPolicy(scopes = "lost")
		String lost() {
			return "";
		}

	}

	static class OpenAndScoped {

		@McpTool(description = "Cannot decide")
		@ToolPolicy(access = Access.PUBLIC, scopes = "read")
		String both() {
			return "";
		}

	}

	static class Twin {

		@McpTool(name = "reports", description = "Reads reports")
		@ToolPolicy(scopes = "read:reports")
		String readReports() {
			return "";
		}

	}

}
