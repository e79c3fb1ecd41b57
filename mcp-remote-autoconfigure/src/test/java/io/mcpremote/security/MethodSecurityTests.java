// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.mcpremote.call.Caller;
import io.mcpremote.policy.Access;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.transport.CurrentCaller;
import jakarta.annotation.security.RolesAllowed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.concurrent.DelegatingSecurityContextCallable;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Method security on tools ends as policies do, and tools find out who calls them, on
 * servers of both types.
 */
@ExtendWith(OutputCaptureExtension.class)
class MethodSecurityTests {

	private static RunningServer sync;

	private static RunningServer async;

	@BeforeAll
	static void start() {
		sync = server("SYNC");
		async = server("ASYNC");
	}

	@AfterAll
	static void stop() {
		sync.close();
		async.close();
	}

	private static RunningServer server(String type) {
		return RunningServer.start(
				List.of("mcp.remote.security.enabled=true",
						"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration",
						"spring.ai.mcp.server.type=" + type),
				TestAuthentication.class, MethodSecurity.class, Inner.class, Tools.class, ReactiveInner.class,
				ReactiveTools.class);
	}

	@ParameterizedTest
	@CsvSource({ "pre, read", "either, read", "all, read write", "mixed, read", "policy-and-pre, export read",
			"later-pre, read", "post, read", "nested, read" })
	void callWhenRuleNamesScopesThenChallenge(String tool, String scopes) {
		for (RunningServer server : List.of(sync, async)) {
			HttpResponse<String> response = call(server, tool, "SCOPE_export ROLE_OPS");
			assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
			assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
				.contains("error=\"insufficient_scope\", scope=\"" + scopes + "\"");
		}
	}

	@ParameterizedTest
	@CsvSource({ "roles, ''", "mixed, SCOPE_export", "bean, ''", "read-and-bean, SCOPE_read", "negated, SCOPE_read",
			"denied, ''", "later-roles, ''" })
	void callWhenScopesWouldNotHelpThenAsUnknown(String tool, String authorities) {
		for (RunningServer server : List.of(sync, async)) {
			HttpResponse<String> response = call(server, tool, authorities);
			HttpResponse<String> unknown = call(server, "none", authorities);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).isEqualTo(unknown.body().replace("none", tool));
		}
	}

	@ParameterizedTest
	@CsvSource({ "pre, SCOPE_read", "roles, ROLE_ADMIN", "mixed, SCOPE_read ROLE_OPS", "later-pre, SCOPE_read",
			"later-roles, ROLE_ADMIN", "negated, ''", "either, SCOPE_write" })
	void callWhenRuleIsMetThenServed(String tool, String authorities) {
		for (RunningServer server : List.of(sync, async)) {
			assertThat(text(call(server, tool, authorities))).isEqualTo(tool);
		}
	}

	@ParameterizedTest
	@CsvSource({ "deep", "later-deep", "plain-deep", "elsewhere", "plain-elsewhere", "later-elsewhere" })
	void callWhenDeniedDeepInsideThenFailure(String tool, CapturedOutput output) {
		for (RunningServer server : List.of(sync, async)) {
			HttpResponse<String> response = call(server, tool, "");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(RunningServer.json(response).at("/result/isError").asBoolean()).as(response.body()).isTrue();
			assertThat(text(response)).contains("Reference: ").doesNotContain("Denied");
		}
	}

	@Test
	void callWhenAnonymousAndRuleDeniesThenUnauthenticated() {
		for (RunningServer server : List.of(sync, async)) {
			for (String tool : List.of("public-pre", "public-later")) {
				assertThat(server.modern(ModernRequest.callTool(tool, Map.of())).statusCode()).isEqualTo(401);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SYNC", "ASYNC" })
	void callWhenReactiveMethodSecurityThenTheSame(String type) {
		try (RunningServer server = RunningServer.start(
				List.of("mcp.remote.security.enabled=true",
						"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration",
						"spring.ai.mcp.server.type=" + type),
				TestAuthentication.class, ReactiveMethodSecurity.class, ReactiveInner.class, ReactiveTools.class)) {
			assertThat(call(server, "later-pre", "").statusCode()).isEqualTo(403);
			assertThat(text(call(server, "later-pre", "SCOPE_read"))).isEqualTo("later-pre");
			assertThat(call(server, "later-roles", "").body())
				.isEqualTo(call(server, "none", "").body().replace("none", "later-roles"));
			assertThat(text(call(server, "later-deep", ""))).contains("Reference: ");
			assertThat(text(call(server, "later-deep", "SCOPE_inner"))).isEqualTo("secured");
			assertThat(server.modern(ModernRequest.callTool("public-later", Map.of())).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void callWhenHidingThenAsUnknown() {
		try (RunningServer hiding = RunningServer.start(
				List.of("mcp.remote.security.enabled=true",
						"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration",
						"mcp.remote.security.denied-tools=hide"),
				TestAuthentication.class, MethodSecurity.class, Inner.class, Tools.class)) {
			assertThat(call(hiding, "pre", "").body())
				.isEqualTo(call(hiding, "none", "").body().replace("none", "pre"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "who", "later-who", "later-context", "context" })
	void callThenToolKnowsItsCaller(String tool) {
		for (RunningServer server : List.of(sync, async)) {
			assertThat(text(call(server, tool, ""))).isEqualTo("alice");
		}
	}

	@Test
	void callWhenAnonymousThenCallerIsAnonymous() {
		for (RunningServer server : List.of(sync, async)) {
			assertThat(text(server.modern(ModernRequest.callTool("public-who", Map.of())))).isEqualTo("127.0.0.1");
		}
	}

	private static HttpResponse<String> call(RunningServer server, String tool, String authorities) {
		ModernRequest request = ModernRequest.callTool(tool, Map.of());
		return server.post(request.body(),
				Stream.concat(Arrays.stream(request.headers()), Arrays.stream(TestAuthentication.as(authorities)))
					.toArray(String[]::new));
	}

	private static String text(HttpResponse<String> response) {
		return RunningServer.json(response).at("/result/content/0/text").asString();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity(jsr250Enabled = true)
	static class MethodSecurity {

		@Bean
		Rules rules() {
			return new Rules();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableReactiveMethodSecurity
	static class ReactiveMethodSecurity {

	}

	static class Rules implements BooleanSupplier {

		@Override
		public boolean getAsBoolean() {
			return false;
		}

	}

	static class Inner {

		@PreAuthorize("hasAuthority('SCOPE_inner')")
		String secured() {
			return "secured";
		}

	}

	static class ReactiveInner {

		@PreAuthorize("hasAuthority('SCOPE_inner')")
		Mono<String> secured() {
			return Mono.just("secured");
		}

	}

	static class Tools {

		private final Inner inner;

		private final ObjectProvider<CurrentCaller> callers;

		Tools(Inner inner, ObjectProvider<CurrentCaller> callers) {
			this.inner = inner;
			this.callers = callers;
		}

		@McpTool(name = "pre", description = "One scope")
		@PreAuthorize("hasAuthority('SCOPE_read')")
		String pre() {
			return "pre";
		}

		@McpTool(name = "post", description = "One scope, afterwards")
		@PostAuthorize("hasAuthority('SCOPE_read')")
		String post() {
			return "post";
		}

		@McpTool(name = "either", description = "One of two")
		@PreAuthorize("hasRole('ADMIN') or hasAnyAuthority('SCOPE_read', 'SCOPE_write')")
		String either() {
			return "either";
		}

		@McpTool(name = "all", description = "Both")
		@PreAuthorize("hasAllAuthorities('SCOPE_read', 'SCOPE_write')")
		String all() {
			return "all";
		}

		@McpTool(name = "mixed", description = "A scope and a role")
		@PreAuthorize("hasAuthority('SCOPE_read') and hasRole('OPS')")
		String mixed() {
			return "mixed";
		}

		@McpTool(name = "nested", description = "Alternatives within")
		@PreAuthorize("(hasRole('ADMIN') or hasAuthority('SCOPE_read')) and isAuthenticated()")
		String nested() {
			return "nested";
		}

		@McpTool(name = "policy-and-pre", description = "A policy and a rule")
		@ToolPolicy(scopes = "export")
		@PreAuthorize("hasAuthority('SCOPE_read')")
		String policyAndPre() {
			return "policy-and-pre";
		}

		@McpTool(name = "roles", description = "A role")
		@RolesAllowed({ "ADMIN", "BOSS" })
		String roles() {
			return "roles";
		}

		@McpTool(name = "bean", description = "A rule in code")
		@PreAuthorize("@rules.getAsBoolean()")
		String bean() {
			return "bean";
		}

		@McpTool(name = "read-and-bean", description = "A scope and a rule in code")
		@PreAuthorize("hasAuthority('SCOPE_read') and @rules.getAsBoolean()")
		String readAndBean() {
			return "read-and-bean";
		}

		@McpTool(name = "negated", description = "Not with a scope")
		@PreAuthorize("!hasAuthority('SCOPE_read')")
		String negated() {
			return "negated";
		}

		@McpTool(name = "denied", description = "For nobody")
		@PreAuthorize("denyAll()")
		String denied() {
			return "denied";
		}

		@McpTool(name = "deep", description = "Denied further down")
		@PreAuthorize("isAuthenticated()")
		String deep() {
			return this.inner.secured();
		}

		@McpTool(name = "plain-deep", description = "Denied further down, without a rule of its own")
		String plainDeep() {
			return this.inner.secured();
		}

		@McpTool(name = "elsewhere", description = "Denied on another thread")
		@PreAuthorize("isAuthenticated()")
		String elsewhere() {
			return onAnotherThread();
		}

		@McpTool(name = "plain-elsewhere", description = "Denied on another thread, without a rule of its own")
		String plainElsewhere() {
			return onAnotherThread();
		}

		private String onAnotherThread() {
			Callable<String> secured = new DelegatingSecurityContextCallable<>(this.inner::secured);
			return CompletableFuture.supplyAsync(() -> {
				try {
					return secured.call();
				}
				catch (RuntimeException ex) {
					throw ex;
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}).join();
		}

		@McpTool(name = "public-pre", description = "For everybody but for a rule")
		@ToolPolicy(access = Access.PUBLIC)
		@PreAuthorize("hasAuthority('SCOPE_read')")
		String publicPre() {
			return "public-pre";
		}

		@McpTool(name = "who", description = "Tells who calls")
		String who() {
			return String.valueOf(this.callers.getObject().get().subject());
		}

		@McpTool(name = "public-who", description = "Tells from where")
		@ToolPolicy(access = Access.PUBLIC)
		String publicWho() {
			Caller caller = this.callers.getObject().get();
			return (caller.isAnonymous()) ? caller.address() : "somebody";
		}

		@McpTool(name = "context", description = "Tells who calls")
		String context() {
			return SecurityContextHolder.getContext().getAuthentication().getName();
		}

	}

	static class ReactiveTools {

		private final ReactiveInner inner;

		private final ObjectProvider<CurrentCaller> callers;

		ReactiveTools(ReactiveInner inner, ObjectProvider<CurrentCaller> callers) {
			this.inner = inner;
			this.callers = callers;
		}

		@McpTool(name = "later-pre", description = "One scope")
		@PreAuthorize("hasAuthority('SCOPE_read')")
		Mono<String> laterPre() {
			return Mono.just("later-pre");
		}

		@McpTool(name = "later-roles", description = "One role")
		@PreAuthorize("hasRole('ADMIN')")
		Mono<String> laterRoles() {
			return Mono.just("later-roles");
		}

		@McpTool(name = "later-deep", description = "Denied further down")
		Mono<String> laterDeep() {
			return Mono.defer(this.inner::secured).subscribeOn(Schedulers.boundedElastic());
		}

		@McpTool(name = "later-elsewhere", description = "Denied on another thread")
		Mono<String> laterElsewhere() {
			return Mono.fromFuture(() -> CompletableFuture.supplyAsync(() -> this.inner.secured().block()));
		}

		@McpTool(name = "public-later", description = "For everybody but for a rule")
		@ToolPolicy(access = Access.PUBLIC)
		@PreAuthorize("hasAuthority('SCOPE_read')")
		Mono<String> publicLater() {
			return Mono.just("public-later");
		}

		@McpTool(name = "later-who", description = "Tells who calls")
		Mono<String> laterWho() {
			return this.callers.getObject().reactive().map(Caller::subject).publishOn(Schedulers.parallel());
		}

		@McpTool(name = "later-context", description = "Tells who calls")
		Mono<String> laterContext() {
			return Mono.just("")
				.publishOn(Schedulers.parallel())
				.then(ReactiveSecurityContextHolder.getContext())
				.map(SecurityContext::getAuthentication)
				.map((authentication) -> authentication.getName());
		}

	}

}
