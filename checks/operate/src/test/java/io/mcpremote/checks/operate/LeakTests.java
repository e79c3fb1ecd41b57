// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.operate;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Neither logs nor spans nor meters hold what clients entrust to the server.
 */
@ExtendWith(OutputCaptureExtension.class)
class LeakTests {

	@Test
	void callsWhenFullOfSecretsThenNoneIsSeenFromOutside(CapturedOutput output) {
		Leaks leaks = new Leaks();
		// Records of what was asked for hold ordinary arguments, which nothing else does
		try (Server server = Server.start("logging.level.io.mcpremote=debug", "mcp.remote.audit.enabled=false",
				"management.tracing.baggage.remote-fields=tenant")) {
			String key = leaks.secret(Server.KEY);
			String argument = leaks.secret("hunter2-in-an-argument");
			Map<String, ?> meta = Map.of("baggage", "password=" + leaks.secret("hunter2-in-baggage"), "custom",
					leaks.secret("hunter2-in-metadata"));
			String[] signedIn = { "Authorization", "Bearer " + key };
			server.tool("echo", Map.of("text", argument), meta, signedIn);
			server.tool("fail", Map.of("secret", argument), meta, signedIn);
			server.tool("refuse", Map.of("password", argument), meta, signedIn);
			server.tool("echo", Map.of("text", Map.of("nested", argument)), meta, signedIn);
			server.request("prompts/get", Map.of("name", "summary", "arguments", Map.of("topic", argument)), "summary",
					meta, signedIn);
			server.request("resources/read", Map.of("uri", "docs://" + leaks.secret("hunter2-in-a-uri")),
					"docs://hunter2-in-a-uri", meta, signedIn);
			server.tool("secret", Map.of(), meta, signedIn);
			server.tool("secret", Map.of(), meta, "Authorization",
					"Bearer " + leaks.secret("eyJhbGciOiJub25lIn0.e30.x"));
			server.tool("secret", Map.of(), meta, "Authorization",
					"Bearer " + leaks.secret("mcpk_operate00001_" + "b".repeat(43)));
			server.tool("secret", Map.of(), meta, "Cookie", "SESSION=" + leaks.secret("hunter2-in-a-cookie"));
			assertThat(output.getOut()).contains("Echo is called").contains("mcpremote");
			leaks.assertNone(output.getAll(), server);
		}
	}

	@Test
	void callsWhenOnRecordThenNoCredentialIsSeenFromOutside(CapturedOutput output) {
		Leaks leaks = new Leaks();
		try (Server server = Server.start("logging.level.io.mcpremote=debug")) {
			String password = leaks.secret("hunter2-in-an-argument");
			Map<String, ?> meta = Map.of("custom", leaks.secret("hunter2-in-metadata"));
			String[] signedIn = { "Authorization", "Bearer " + leaks.secret(Server.KEY) };
			server.tool("refuse", Map.of("password", password), meta, signedIn);
			server.tool("fail", Map.of("secret", password), meta, signedIn);
			server.tool("echo", Map.of("text", Map.of("apiKey", password)), meta, signedIn);
			server.tool("echo", Map.of("text", "Bearer " + leaks.secret("mcpk_operate00001_" + "b".repeat(43))), meta,
					signedIn);
			server.tool("secret", Map.of(), meta, "Authorization",
					"Bearer " + leaks.secret("eyJhbGciOiJub25lIn0.e30.x"));
			server.tool("secret", Map.of(), meta, "Cookie", "SESSION=" + leaks.secret("hunter2-in-a-cookie"));
			assertThat(output.getOut()).contains("\"type\":\"call\"", "******");
			leaks.assertNone(output.getAll(), server);
		}
	}

}
