// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;

/**
 * Collects the questions of one round. Keys are the application's own and must be unique
 * within a call.
 *
 * @since 0.1.0
 */
public interface InputQuestions {

	/**
	 * Ask the user to fill in a form or to visit a page.
	 * @param key names the question
	 * @param request what to ask
	 * @return this
	 */
	InputQuestions elicit(String key, ElicitRequest request);

	/**
	 * Ask the client's model.
	 * @param key names the question
	 * @param request what to ask
	 * @return this
	 */
	InputQuestions sample(String key, CreateMessageRequest request);

	/**
	 * Ask for the client's roots.
	 * @param key names the question
	 * @return this
	 */
	InputQuestions roots(String key);

}
