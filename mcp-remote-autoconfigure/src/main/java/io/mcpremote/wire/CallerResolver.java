// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.util.function.BooleanSupplier;

import io.mcpremote.call.Caller;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells who makes a request.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallerResolver {

	/**
	 * Return the caller of a request. Whatever had to be verified has been verified
	 * before.
	 * @param request the request
	 * @return the caller
	 * @throws io.mcpremote.call.CallSignal with a refusal if the caller is not welcome
	 */
	Caller resolve(HttpServletRequest request);

	/**
	 * Return a way to find out whether the caller of a request would still be let in with
	 * what came with it. Whatever outlives the request asks from time to time.
	 * @param request a request whose caller is known
	 * @return tells whether the caller is still welcome; must be fast
	 */
	default BooleanSupplier standing(HttpServletRequest request) {
		return () -> true;
	}

}
