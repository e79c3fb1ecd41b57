// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Revision;
import jakarta.servlet.http.HttpServletRequest;

/**
 * How clients of some revisions of the protocol speak: turns their requests into calls,
 * and gives results their shape.
 */
interface Era {

	/**
	 * Return the revision to answer in as long as nothing better is known.
	 */
	Revision fallback();

	/**
	 * Turn a request into a call.
	 * @param request the request
	 * @param http its HTTP side
	 * @param caller who makes it
	 * @param reply where its answer will go
	 * @return the call
	 * @throws RefusedException if the request is refused
	 */
	RunningCall admit(RpcMessage.Request request, HttpServletRequest http, Caller caller, HttpReply reply)
			throws RefusedException;

	/**
	 * Take a notification.
	 * @param notification the notification
	 * @param http its HTTP side
	 * @param caller who makes it
	 * @throws RefusedException if the notification is refused
	 */
	void accept(RpcMessage.Notification notification, HttpServletRequest http, Caller caller) throws RefusedException;

	/**
	 * Take the answer to a request of this server.
	 * @param response the answer
	 * @param http its HTTP side
	 * @param caller who answers
	 * @throws RefusedException if the answer is refused
	 */
	void accept(RpcMessage.Response response, HttpServletRequest http, Caller caller) throws RefusedException;

	/**
	 * Give a result its shape.
	 * @param call the call
	 * @param result the result
	 * @return the result as JSON
	 */
	byte[] shape(McpCall call, Object result);

	/**
	 * Give questions to the client their shape.
	 * @param call the call
	 * @param required the questions
	 * @return a result as JSON
	 */
	byte[] shape(McpCall call, InputRequired required);

	/**
	 * Return whether a client that goes away takes its call back.
	 */
	boolean cancelsOnDisconnect();

}
