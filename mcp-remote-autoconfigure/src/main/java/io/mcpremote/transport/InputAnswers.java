// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ListRootsResult;

/**
 * The answers to the questions of one round.
 *
 * @since 0.1.0
 */
public interface InputAnswers {

	/**
	 * Return the answer to an elicitation. Users may decline: look at the action first.
	 * @param key names the question
	 * @return the answer
	 */
	ElicitResult elicitation(String key);

	/**
	 * Return the answer of the client's model.
	 * @param key names the question
	 * @return the answer
	 */
	CreateMessageResult sample(String key);

	/**
	 * Return the client's roots.
	 * @param key names the question
	 * @return the roots
	 */
	ListRootsResult roots(String key);

}
