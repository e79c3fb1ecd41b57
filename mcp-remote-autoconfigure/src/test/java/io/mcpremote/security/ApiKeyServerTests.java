// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ServerEvent;
import io.mcpremote.notify.ServerEvent.Kind;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * API keys over real HTTP, in an application that knows of no issuer.
 */
@ExtendWith(OutputCaptureExtension.class)
class ApiKeyServerTests {

	private static final TestKeys KEYS = new TestKeys(Clock.systemUTC());

	private static final MintedApiKey GOOD = KEYS.key("alice", Duration.ofDays(1), "read:projects");

	private static final MintedApiKey EXPIRED = TestKeys.with(KEYS.key("bob"), Instant.parse("2020-01-01T00:00:00Z"),
			null);

	private static final String TRACE = "logging.level.io.mcpremote=TRACE";

	private static RunningServer server;

	@BeforeAll
	static void start() {
		List<String> properties = new ArrayList<>(TestKeys.properties(GOOD, EXPIRED));
		properties.add(TRACE);
		server = RunningServer.secured(properties, BearerTokenTests.Tools.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void callWhenKeyIsGoodThenToolSeesTheOwner() {
		HttpResponse<String> response = call(server, "Bearer " + GOOD.token());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(text(response)).isEqualTo("alice [SCOPE_read:projects]");
		assertThat(text(call(server, "bearer " + GOOD.token()))).isEqualTo("alice [SCOPE_read:projects]");
	}

	@ParameterizedTest
	@MethodSource
	void callWhenKeyIsBadThenSaysWhatKindOfFault(String authorization, String fault, CapturedOutput output) {
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = call(server, authorization);
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
				.startsWith("Bearer error=\"invalid_token\", error_description=\"" + fault + "\"")
				.contains("resource_metadata=");
			assertThat(response.body()).doesNotContain("mcpk_", "alice", "bob");
		}
		assertThat(output).doesNotContain("mcpk_");
	}

	static Stream<Object[]> callWhenKeyIsBadThenSaysWhatKindOfFault() {
		String good = GOOD.token();
		return Stream.of(new Object[] { "Bearer " + good.substring(0, 18) + "0".repeat(43), "it is not known" },
				new Object[] { "Bearer mcpk_unknown_" + good.substring(18), "it is not known" },
				new Object[] { "Bearer " + EXPIRED.token(), "it has expired" },
				new Object[] { "Bearer " + good + "0", "it is malformed" },
				new Object[] { "Bearer " + good.substring(0, good.length() - 1), "it is malformed" },
				new Object[] { "Bearer mcpk_", "it is malformed" },
				new Object[] { "Bearer mcpk__" + good.substring(18), "it is malformed" },
				new Object[] { "Bearer " + good.replace("mcpk_", "MCPK_"), "it is malformed" },
				new Object[] { good, "it is malformed" }, new Object[] { "Basic " + good, "it is malformed" });
	}

	@Test
	void callWhenKeyIsShownWithAProofThenRefused() {
		HttpResponse<String> response = call(server, "DPoP " + GOOD.token());
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("DPoP ")
			.contains("error=\"invalid_token\", error_description=\"it is not bound to a key\"");
	}

	@Test
	void callThenKeyIsNotLogged(CapturedOutput output) {
		call(server, "Bearer " + GOOD.token());
		call(server, "Bearer " + GOOD.token().replace(GOOD.key().id(), "mallory"));
		assertThat(output).doesNotContain(GOOD.token().substring(18));
	}

	@Test
	void callWhenKeyIsInQueryThenNotRead() {
		HttpResponse<String> response = server.send(HttpRequest
			.newBuilder(URI.create(server.uri() + "?access_token=" + GOOD.token() + "&api_key=" + GOOD.token()))
			.header("Content-Type", "application/json")
			.header("X-API-Key", GOOD.token())
			.POST(HttpRequest.BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"))
			.build());
		assertThat(response.statusCode()).isEqualTo(401);
	}

	@Test
	void metadataWhenOnlyKeysThenNamesNoAuthorizationServer() {
		HttpResponse<String> response = server
			.send(HttpRequest.newBuilder(server.uri().resolve("/.well-known/oauth-protected-resource/mcp")).build());
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode document = RunningServer.json(response);
		assertThat(document.at("/resource").asString()).isEqualTo(server.resource());
		assertThat(document.has("authorization_servers")).isFalse();
		assertThat(document.at("/bearer_methods_supported/0").asString()).isEqualTo("header");
	}

	@Test
	void callWhenKeyIsRevokedHereThenRefusedAtOnce(CapturedOutput output) {
		try (RunningServer jdbc = RunningServer.secured(
				List.of("mcp.remote.security.api-key.store=jdbc", TRACE, "logging.level.org.springframework=DEBUG"),
				BearerTokenTests.Tools.class, Database.class)) {
			ApiKeys keys = jdbc.context().getBean(ApiKeys.class);
			MintedApiKey first = keys.mint("alice", Set.of("a"), Set.of(), Duration.ofDays(1));
			MintedApiKey second = keys.mint("alice", Set.of("a", "b"), Set.of("ADMIN"), null);
			assertThat(text(call(jdbc, "Bearer " + first.token()))).isEqualTo("alice [SCOPE_a]");
			assertThat(text(call(jdbc, "Bearer " + second.token()))).startsWith("alice [SCOPE_");
			try (LiveExchange stream = new BearerClient(jdbc, first.token()).listen();
					LiveExchange other = new BearerClient(jdbc, second.token()).listen()) {
				stream.message("notifications/subscriptions/acknowledged");
				other.message("notifications/subscriptions/acknowledged");
				assertThat(keys.revoke(first.key().id())).isTrue();
				assertThat(stream.rest()).isEmpty();
				jdbc.context().getBean(NotificationHub.class).publish(new ServerEvent(Kind.TOOLS_CHANGED, null));
				other.message("notifications/tools/list_changed");
			}
			HttpResponse<String> response = call(jdbc, "Bearer " + first.token());
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).contains("it has been revoked");
			assertThat(call(jdbc, "Bearer " + second.token()).statusCode()).isEqualTo(200);
			assertThat(output).doesNotContain(first.token().substring(18), second.token().substring(18));
		}
	}

	@Test
	void callWhenKeyOfTheConfigurationIsRevokedThenRefusedAtOnce() {
		MintedApiKey key = KEYS.key("alice", Duration.ofDays(1));
		try (RunningServer configured = RunningServer.secured(TestKeys.properties(key), BearerTokenTests.Tools.class)) {
			assertThat(call(configured, "Bearer " + key.token()).statusCode()).isEqualTo(200);
			configured.context().getBean(Revocations.class).revokeKey(key.key().id());
			HttpResponse<String> response = call(configured, "Bearer " + key.token());
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).contains("it has been revoked");
		}
	}

	@Test
	void callWhenRepositoryFailsThenUnavailableAndNotRefused() {
		try (RunningServer failing = RunningServer.secured(List.of("mcp.remote.security.api-key.store=jdbc"),
				BearerTokenTests.Tools.class, Database.class)) {
			MintedApiKey minted = failing.context()
				.getBean(ApiKeys.class)
				.mint("alice", Set.of(), Set.of(), Duration.ofDays(1));
			JdbcTemplate jdbc = failing.context().getBean(JdbcTemplate.class);
			jdbc.execute("alter table mcp_remote_api_key rename to away");
			HttpResponse<String> response = call(failing, "Bearer " + minted.token());
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
			assertThat(response.body()).doesNotContain("mcp_remote_api_key", "Exception");
			jdbc.execute("alter table away rename to mcp_remote_api_key");
			assertThat(call(failing, "Bearer " + minted.token()).statusCode()).isEqualTo(200);
		}
	}

	static HttpResponse<String> call(RunningServer to, String authorization) {
		ModernRequest request = ModernRequest.callTool("whoami", Map.of());
		return to
			.send(to.request(request.body()).headers(request.headers()).header("Authorization", authorization).build());
	}

	static String text(HttpResponse<String> response) {
		return RunningServer.json(response).at("/result/content/0/text").asString();
	}

	@Configuration(proxyBeanMethods = false)
	static class Database {

		@Bean
		JdbcTemplate jdbcTemplate() {
			return new JdbcTemplate(TestDatabase.create());
		}

	}

}
