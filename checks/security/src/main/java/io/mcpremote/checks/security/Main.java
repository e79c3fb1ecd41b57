// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.util.List;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs both servers in one process, for clients that are not written in Java.
 */
public final class Main {

	private Main() {
	}

	/**
	 * Start the servers.
	 * @param args properties of the server with the tools, such as {@code --server.port}
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext issuer = AuthorizationServerApplication.start(0);
		ProtectedApplication.start(AuthorizationServerApplication.issuer(issuer),
				List.of(args).stream().map((arg) -> arg.substring("--".length())).toList());
	}

}
