// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Makes names of chains, which sort by the time they began.
 */
final class ChainId {

	static final String PATTERN = "[0-9]{8}t[0-9]{6}-[0-9a-f]{12}";

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss")
		.withZone(ZoneOffset.UTC);

	private ChainId() {
	}

	static String next(Instant now, RandomGenerator random) {
		return TIME.format(now) + "-" + random(random, 6);
	}

	/**
	 * Return the name of a new ledger.
	 */
	static String ledger(RandomGenerator random) {
		return random(random, 16);
	}

	private static String random(RandomGenerator random, int bytes) {
		byte[] value = new byte[bytes];
		random.nextBytes(value);
		return HexFormat.of().formatHex(value);
	}

}
