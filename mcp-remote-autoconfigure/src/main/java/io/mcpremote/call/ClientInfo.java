// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.jspecify.annotations.Nullable;

/**
 * What a client calls itself. Anybody can claim anything: good for showing, never for
 * deciding.
 *
 * @param name the name of the program
 * @param version its version
 * @since 0.1.0
 */
public record ClientInfo(@Nullable String name, @Nullable String version) {

	/**
	 * A client that does not say what it is.
	 */
	public static final ClientInfo UNKNOWN = new ClientInfo(null, null);

}
