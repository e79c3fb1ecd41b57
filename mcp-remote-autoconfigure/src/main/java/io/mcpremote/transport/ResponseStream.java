// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.modelcontextprotocol.common.McpTransportContext;

import org.springframework.ai.mcp.annotation.context.McpAsyncRequestContext;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;

/**
 * The connection over which a call will be answered.
 *
 * @since 0.1.0
 */
public interface ResponseStream {

	/**
	 * Let the client go while the call runs on; it fetches the answer with
	 * {@code Last-Event-ID} when it comes back. Of use before long work, so that no
	 * client waits on an open response meanwhile. (The connection itself is free for
	 * other requests when the call ends, or at once in HTTP/2.) Only clients with a
	 * session can come back; for others nothing happens.
	 * @return whether the connection was closed
	 */
	boolean disconnect();

	/**
	 * Return the stream of a call.
	 * @param context the context of a sync method
	 * @return the stream
	 */
	static ResponseStream of(McpSyncRequestContext context) {
		return of(context.transportContext());
	}

	/**
	 * Return the stream of a call.
	 * @param context the context of an async method
	 * @return the stream
	 */
	static ResponseStream of(McpAsyncRequestContext context) {
		return of(context.transportContext());
	}

	/**
	 * Return the stream of a call.
	 * @param context the transport context of the call
	 * @return the stream
	 */
	static ResponseStream of(McpTransportContext context) {
		return RemoteExchange.Binding.of(context).running();
	}

}
