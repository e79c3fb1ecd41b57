// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes ids under which calls are found again in logs. They are no secret and protect
 * nothing.
 */
final class CallIds {

	private CallIds() {
	}

	static String next() {
		return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
	}

}
