// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.jspecify.annotations.Nullable;

/**
 * Tells which trace the current thread works for. There is a bean of this type where
 * there are traces.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CurrentTrace {

	/**
	 * Return the id of the current trace.
	 * @return hexadecimal digits, or {@code null} if there is none
	 */
	@Nullable String traceId();

}
