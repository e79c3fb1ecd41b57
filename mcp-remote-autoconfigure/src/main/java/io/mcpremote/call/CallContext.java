// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What belongs to one call while it is under way and what guards may add to it. Used by
 * the thread that serves the call.
 *
 * @since 0.1.0
 */
public interface CallContext {

	/**
	 * Set a response header. Has no effect once the response has begun to stream.
	 * @param name the name of the header
	 * @param value the value
	 */
	void responseHeader(String name, String value);

	/**
	 * Keep a value for a guard or listener further on.
	 * @param name the name of the value, prefixed with the feature's name
	 * @param value the value
	 */
	void attribute(String name, Object value);

	/**
	 * Return a value kept before.
	 * @param name the name of the value
	 * @return the value or {@code null}
	 */
	@Nullable Object attribute(String name);

	/**
	 * Return everything kept so far.
	 * @return the values by name
	 */
	Map<String, Object> attributes();

	/**
	 * Ask the client, and through it perhaps a person. In the modern era this ends the
	 * call with {@link CallOutcome.InputRequired} unless the answer is already there; in
	 * a legacy session it waits.
	 * @param key names the question; stays the same when the client tries again
	 * @param request what to ask
	 * @return the client's answer
	 */
	Map<String, Object> ask(String key, InputRequest request);

	/**
	 * Return what names the round of questions and answers that this call goes on with,
	 * as sealed by this server before.
	 * @return the name, or {@code null} if the call begins, or begins once more because
	 * its client has not answered
	 */
	@Nullable String round();

	/**
	 * Return where notifications for this call go.
	 * @return the stream
	 */
	CallStream stream();

}
