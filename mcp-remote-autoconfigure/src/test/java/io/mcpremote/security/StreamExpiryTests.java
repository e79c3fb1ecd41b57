// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.MovableTime;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was opened with a token does not outlive it.
 */
class StreamExpiryTests {

	private static TestIssuer issuer;

	private static RunningServer server;

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.addAll(List.of("mcp.remote.sessions.enabled=true", "mcp.remote.security.clock-skew=0s",
				"mcp.remote.security.memory.faults-per-minute=100000"));
		server = RunningServer.secured(properties, Tools.class, MovableTime.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		issuer.close();
	}

	@Test
	void streamsWhenTokenExpiresThenEnd() {
		BearerClient lasting = client(Duration.ofHours(1));
		BearerClient brief = client(Duration.ofMinutes(5));
		LegacyClient session = lasting.begin();
		try (LiveExchange legacy = brief.listen(session); LiveExchange modern = brief.listen()) {
			assertThat(legacy.status()).isEqualTo(200);
			modern.message("notifications/subscriptions/acknowledged");
			server.context().getBean(MutableClock.class).advance(Duration.ofMinutes(5));
			assertThat(legacy.rest()).isEmpty();
			assertThat(modern.rest()).isEmpty();
			HttpResponse<String> response = brief.call("ping");
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.headers().firstValue("WWW-Authenticate"))
				.hasValueSatisfying((challenge) -> assertThat(challenge).contains("it has expired"));
			// The session is still there for the next token
			assertThat(lasting.ping(session).statusCode()).isEqualTo(200);
		}
	}

	private static BearerClient client(Duration timeToLive) {
		Instant expires = server.context().getBean(MutableClock.class).instant().plus(timeToLive);
		return new BearerClient(server,
				issuer.token(server.resource(), "alice", (claims) -> claims.expirationTime(Date.from(expires))));
	}

	static class Tools {

		@McpTool(name = "ping", description = "Answers")
		String ping() {
			return "pong";
		}

	}

}
