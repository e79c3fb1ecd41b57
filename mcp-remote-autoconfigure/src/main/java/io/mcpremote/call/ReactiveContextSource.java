// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.function.BiConsumer;

/**
 * Has something to put into the Reactor context in which the target of a call runs. Asked
 * on the thread that serves the call.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ReactiveContextSource {

	/**
	 * Add to the context.
	 * @param call the call
	 * @param context takes keys and values
	 */
	void contribute(McpCall call, BiConsumer<Object, Object> context);

}
