// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;

import org.springframework.ai.mcp.annotation.context.McpAsyncRequestContext;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;

/**
 * Lets a tool, prompt or resource ask its client for input, in every protocol revision
 * from one source.
 * <p>
 * Clients with a session are asked while the call waits. Clients of 2026-07-28 get the
 * questions as the call's answer and call again with the answers; the method then runs
 * from its beginning. So code before the last question runs once per round: wrap what
 * must not run twice in {@link #remember}.
 *
 * @since 0.1.0
 */
public interface InputRounds {

	/**
	 * Ask the client; several questions at once if need be.
	 * @param questions names and adds the questions
	 * @return the answers
	 */
	InputAnswers ask(Consumer<InputQuestions> questions);

	/**
	 * Run a step once and remember its result in all later rounds of this call.
	 * @param <T> the type of the result
	 * @param step names the step within the method
	 * @param type the type of the result; must survive a round trip through JSON
	 * @param work the step
	 * @return the result, fresh or remembered
	 */
	<T> T remember(String step, Class<T> type, Supplier<? extends T> work);

	/**
	 * Carry a value into the next rounds of this call. It travels through the client, but
	 * the client can neither read nor change it.
	 * @param state the value; must survive a round trip through JSON
	 */
	void carry(Object state);

	/**
	 * Return the value carried last, be it in this round or an earlier one.
	 * @param <T> the type of the value
	 * @param type the type of the value
	 * @return the value, if one was carried
	 */
	<T> Optional<T> carried(Class<T> type);

	/**
	 * Accept the answers to the questions that follow only once: the same answers sent
	 * again are refused.
	 * @return this
	 */
	InputRounds singleUse();

	/**
	 * Return the input rounds of a call.
	 * @param context the context of a sync method
	 * @return the input rounds
	 */
	static InputRounds of(McpSyncRequestContext context) {
		return of(context.transportContext());
	}

	/**
	 * Return the input rounds of a call.
	 * @param context the context of an async method
	 * @return the input rounds
	 */
	static InputRounds of(McpAsyncRequestContext context) {
		return of(context.transportContext());
	}

	/**
	 * Return the input rounds of a call.
	 * @param exchange the exchange of a sync handler
	 * @return the input rounds
	 */
	static InputRounds of(McpSyncServerExchange exchange) {
		return of(exchange.transportContext());
	}

	/**
	 * Return the input rounds of a call.
	 * @param exchange the exchange of an async handler
	 * @return the input rounds
	 */
	static InputRounds of(McpAsyncServerExchange exchange) {
		return of(exchange.transportContext());
	}

	/**
	 * Return the input rounds of a call.
	 * @param context the transport context of the call
	 * @return the input rounds
	 */
	static InputRounds of(McpTransportContext context) {
		return RemoteExchange.Binding.of(context).running().inputRounds();
	}

}
