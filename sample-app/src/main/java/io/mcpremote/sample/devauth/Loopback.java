// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Names of this very machine, recognised without asking anybody.
 */
final class Loopback {

	private static final Pattern NAMES = Pattern
		.compile("localhost|127(\\.\\d{1,3}){3}|(\\[(::1|0:0:0:0:0:0:0:1)\\]|::1|0:0:0:0:0:0:0:1)");

	private Loopback() {
	}

	static boolean isLoopback(@Nullable String host) {
		return host != null && NAMES.matcher(host).matches();
	}

}
