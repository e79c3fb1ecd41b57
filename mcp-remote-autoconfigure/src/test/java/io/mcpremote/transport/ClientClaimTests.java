// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.ClientInfo;
import io.mcpremote.call.McpCall;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Guards learn what a client calls itself, as far as it says so.
 */
class ClientClaimTests {

	private static final ClientInfo CLAIM = new ClientInfo("test-client", "1");

	@Test
	void clientWhenModernThenWhatTheRequestSays() {
		try (RunningServer server = RunningServer.start(Tools.class, Watching.class)) {
			server.modern(ModernRequest.callTool("greet", Map.of()));
			assertThat(seen(server)).isEqualTo(CLAIM);
		}
	}

	@Test
	void clientWhenInSessionThenWhatTheSessionBeganWith() {
		try (RunningServer server = RunningServer.start(List.of("mcp.remote.sessions.enabled=true"), Tools.class,
				Watching.class)) {
			LegacyClient.begin(server, "{}").tool(1, "greet", Map.of());
			assertThat(seen(server)).isEqualTo(CLAIM);
		}
	}

	@Test
	void clientWhenOfNoSessionThenUnknown() {
		try (RunningServer server = RunningServer.start(Tools.class, Watching.class)) {
			server.post(LegacyClient.message(1, "tools/call", Map.of("name", "greet", "arguments", Map.of())));
			assertThat(seen(server)).isEqualTo(ClientInfo.UNKNOWN);
		}
	}

	@Test
	void clientWhenItDoesNotSayThenUnknown() {
		try (RunningServer server = RunningServer.start(Tools.class, Watching.class)) {
			server.modern(ModernRequest.callTool("greet", Map.of()).meta("clientInfo", null));
			assertThat(seen(server)).isEqualTo(ClientInfo.UNKNOWN);
		}
	}

	private static ClientInfo seen(RunningServer server) {
		return server.context().getBean(Watching.class).call.get().client();
	}

	static class Tools {

		@McpTool(name = "greet", description = "Greets")
		String greet() {
			return "Hello";
		}

	}

	static class Watching implements CallGuard {

		private final AtomicReference<McpCall> call = new AtomicReference<>();

		@Override
		public CallStage stage() {
			return CallStage.OBSERVE;
		}

		@Override
		public CallOutcome guard(McpCall newCall, CallContext context, CallChain next) {
			this.call.set(newCall);
			return next.proceed(newCall, context);
		}

	}

}
