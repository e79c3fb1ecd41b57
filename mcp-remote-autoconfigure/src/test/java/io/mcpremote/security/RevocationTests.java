// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ServerEvent;
import io.mcpremote.notify.ServerEvent.Kind;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is taken back is of no use from that moment on, nor is what was opened with
 * it.
 */
class RevocationTests {

	private static TestIssuer issuer;

	private static RunningServer server;

	private static Revocations revocations;

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.addAll(List.of("mcp.remote.sessions.enabled=true", "mcp.remote.security.clock-skew=0s",
				"mcp.remote.security.memory.faults-per-minute=100000"));
		server = RunningServer.secured(properties, Tools.class);
		revocations = server.context().getBean(Revocations.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		issuer.close();
	}

	@Test
	void callWhenTokenIsRevokedThenRefused() {
		String revoked = token("r1", Instant.now());
		String other = token("r1", Instant.now().minusSeconds(1));
		assertThat(client(revoked).call("ping").statusCode()).isEqualTo(200);
		revocations.revokeToken(revoked);
		HttpResponse<String> response = client(revoked).call("ping");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("WWW-Authenticate"))
			.hasValueSatisfying((challenge) -> assertThat(challenge).startsWith("Bearer error=\"invalid_token\"")
				.contains("error_description=\"it has been revoked\""));
		assertThat(client(other).call("ping").statusCode()).isEqualTo(200);
		assertThat(client(revoked).call("ping").statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "=", "==", "~", "+" })
	void callWhenRevokedTokenIsWrittenAnotherWayThenRefusedAsWell(String ending) {
		String revoked = token("r9" + ending, Instant.now());
		revocations.revokeToken(revoked);
		assertThat(client(revoked + ending).call("ping").statusCode()).isEqualTo(401);
		int middle = revoked.length() - 20;
		assertThat(client(revoked.substring(0, middle) + ending + revoked.substring(middle)).call("ping").statusCode())
			.isEqualTo(401);
	}

	@Test
	void callWhenUnusedBitsOfARevokedTokenAreSetThenRefusedAsWell() {
		String revoked = token("r10", Instant.now());
		assertThat(client(revoked).call("ping").statusCode()).isEqualTo(200);
		revocations.revokeToken(revoked);
		// The last letter stands for two bits and four that mean nothing
		char last = revoked.charAt(revoked.length() - 1);
		String same = revoked.substring(0, revoked.length() - 1) + (char) (last + 1);
		assertThat(client(same).call("ping").statusCode()).isEqualTo(401);
	}

	@Test
	void callWhenTokenWasRevokedInAnotherWritingThenRefusedAsWell() {
		String token = token("r11", Instant.now());
		revocations.revokeToken(token + "=");
		assertThat(client(token).call("ping").statusCode()).isEqualTo(401);
	}

	@Test
	void callWhenTokenWasNeverSeenThenRefusedAsWell() {
		String revoked = token("r2", Instant.now());
		revocations.revokeToken(revoked);
		assertThat(client(revoked).call("ping").statusCode()).isEqualTo(401);
	}

	@Test
	void callWhenTokenIdIsRevokedThenRefused() {
		String revoked = issuer.token(server.resource(), "r3", (claims) -> claims.jwtID("r3-id"));
		assertThat(client(revoked).call("ping").statusCode()).isEqualTo(200);
		revocations.revokeTokenId(issuer.uri(), "r3-id");
		assertThat(client(revoked).call("ping").statusCode()).isEqualTo(401);
		assertThat(client(token("r3", Instant.now())).call("ping").statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenCallerIsRevokedThenOnlyNewTokensAreAccepted() {
		String before = token("r4", Instant.now().minusSeconds(1));
		assertThat(client(before).call("ping").statusCode()).isEqualTo(200);
		revocations.revokeCaller(issuer.uri(), "r4");
		assertThat(client(before).call("ping").statusCode()).isEqualTo(401);
		assertThat(client(token("r4", Instant.now().plusSeconds(2))).call("ping").statusCode()).isEqualTo(200);
		String silent = issuer.token(server.resource(), "r4", (claims) -> claims.issueTime(null));
		assertThat(client(silent).call("ping").statusCode()).isEqualTo(401);
		assertThat(client(token("r4-other", Instant.now())).call("ping").statusCode()).isEqualTo(200);
	}

	@Test
	void sessionWhenCallerIsRevokedThenOverEvenWithNewToken() {
		String token = token("r5", Instant.now().minusSeconds(1));
		LegacyClient session = client(token).begin();
		String otherToken = token("r5-other", Instant.now());
		LegacyClient otherSession = client(otherToken).begin();
		try (LiveExchange stream = session.listen(); LiveExchange other = otherSession.listen()) {
			assertThat(stream.status()).isEqualTo(200);
			assertThat(other.status()).isEqualTo(200);
			revocations.revokeCaller(issuer.uri(), "r5");
			stream.rest();
			assertThat(client(token("r5", Instant.now().plusSeconds(2))).ping(session).statusCode()).isEqualTo(404);
			assertThat(client(otherToken).ping(otherSession).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void streamsWhenTokenIsRevokedThenEndAndOthersGoOn() {
		String revoked = token("r6", Instant.now());
		String other = token("r6", Instant.now().minusSeconds(1));
		LegacyClient session = client(revoked).begin();
		try (LiveExchange legacy = session.listen();
				LiveExchange modern = client(revoked).listen();
				LiveExchange stays = client(other).listen()) {
			assertThat(legacy.status()).isEqualTo(200);
			modern.message("notifications/subscriptions/acknowledged");
			stays.message("notifications/subscriptions/acknowledged");
			revocations.revokeToken(revoked);
			assertThat(legacy.rest()).isEmpty();
			assertThat(modern.rest()).isEmpty();
			// It is the token's end, not the session's
			assertThat(client(other).ping(session).statusCode()).isEqualTo(200);
			assertThat(client(revoked).call("ping").statusCode()).isEqualTo(401);
			server.context().getBean(NotificationHub.class).publish(new ServerEvent(Kind.TOOLS_CHANGED, null));
			stays.message("notifications/tools/list_changed");
		}
	}

	@Test
	void sessionWhenEndedThenItsStreamsEndAndNothingElse() {
		String token = token("r7", Instant.now());
		LegacyClient ended = client(token).begin();
		LegacyClient other = client(token).begin();
		try (LiveExchange stream = ended.listen()) {
			assertThat(stream.status()).isEqualTo(200);
			revocations.endSession(ended.sessionId());
			stream.rest();
			assertThat(client(token).ping(ended).statusCode()).isEqualTo(404);
			assertThat(client(token).ping(other).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void callsWhenRevokedConcurrentlyThenNoneThatBeginsAfterwardsIsLetIn() {
		for (int round = 0; round < 3; round++) {
			String token = token("r8", Instant.now().minusSeconds(round));
			AtomicBoolean done = new AtomicBoolean();
			AtomicInteger late = new AtomicInteger();
			Concurrently.run(8, (thread) -> {
				if (thread == 0) {
					client(token).call("ping");
					revocations.revokeToken(token);
					done.set(true);
					return;
				}
				for (int i = 0; i < 15; i++) {
					boolean after = done.get();
					if (client(token).call("ping").statusCode() == 200 && after) {
						late.incrementAndGet();
					}
				}
			});
			assertThat(late).hasValue(0);
			assertThat(client(token).call("ping").statusCode()).isEqualTo(401);
		}
	}

	private static String token(String subject, Instant issued) {
		return issuer.token(server.resource(), subject, (claims) -> claims.issueTime(Date.from(issued)));
	}

	private static BearerClient client(String token) {
		return new BearerClient(server, token);
	}

	static class Tools {

		@McpTool(name = "ping", description = "Answers")
		String ping() {
			return "pong";
		}

	}

}
