// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import reactor.core.publisher.Mono;

/**
 * Connects nobody to the server of an application without a web server. Without any
 * transport Spring AI would read what comes on standard input, which nobody has asked for
 * and no guard looks at.
 */
final class ClosedTransportProvider implements McpServerTransportProvider {

	@Override
	public void setSessionFactory(McpServerSession.Factory sessionFactory) {
		// There are no sessions
	}

	@Override
	public Mono<Void> notifyClients(String method, Object params) {
		return Mono.empty();
	}

	@Override
	public Mono<Void> closeGracefully() {
		return Mono.empty();
	}

}
