// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.Caller;
import reactor.core.publisher.Mono;

/**
 * Tells tools, prompts and resources who calls them. A bean that can be injected
 * anywhere.
 *
 * @since 0.1.0
 */
public interface CurrentCaller {

	/**
	 * Return who makes the call that the current thread serves.
	 * @return the caller, who may be anonymous
	 * @throws IllegalStateException if the current thread serves no call
	 */
	Caller get();

	/**
	 * Return who makes the call that a reactive method is part of.
	 * @return the caller, or an {@link IllegalStateException} outside of calls
	 */
	Mono<Caller> reactive();

}
