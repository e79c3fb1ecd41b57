// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.util.Map;

import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;

/**
 * A client that shows a token or key with all that it sends.
 */
final class BearerClient {

	private static final String AUTHORIZATION = "Authorization";

	private final RunningServer server;

	private final String authorization;

	BearerClient(RunningServer server, String token) {
		this.server = server;
		this.authorization = "Bearer " + token;
	}

	/**
	 * Call a tool without arguments.
	 */
	HttpResponse<String> call(String tool) {
		return this.server.modern(ModernRequest.callTool(tool, Map.of()).header(AUTHORIZATION, this.authorization));
	}

	/**
	 * Listen for changes of the list of tools.
	 */
	LiveExchange listen() {
		return LiveExchange.open(this.server,
				ModernRequest.of("subscriptions/listen")
					.param("notifications", Map.of("toolsListChanged", true))
					.header(AUTHORIZATION, this.authorization));
	}

	/**
	 * Begin a session.
	 */
	LegacyClient begin() {
		return LegacyClient.begin(this.server, "2025-06-18", "{}", AUTHORIZATION, this.authorization);
	}

	/**
	 * Open the stream of a session that may have been begun with another token.
	 */
	LiveExchange listen(LegacyClient session) {
		return session.with(AUTHORIZATION, this.authorization).listen();
	}

	/**
	 * Ping in a session that may have been begun with another token.
	 */
	HttpResponse<String> ping(LegacyClient session) {
		return session.with(AUTHORIZATION, this.authorization).call(1, "ping", Map.of());
	}

}
