// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

/**
 * Tells whoever is known by address only apart. One subscriber has a whole network of
 * addresses of version 6.
 */
final class NetworkAddress {

	private static final int GROUPS = 4;

	private NetworkAddress() {
	}

	/**
	 * Return the part of an address that its user cannot choose.
	 */
	static String prefix(String address) {
		int colon = address.indexOf(':');
		if (colon < 0 || address.indexOf('.') >= 0) {
			return address;
		}
		int end = -1;
		for (int i = 0; i < GROUPS; i++) {
			int next = address.indexOf(':', end + 1);
			if (next < 0) {
				return address;
			}
			if (next == end + 1) {
				// "::" stands for zeros, which need not be told apart further
				return address.substring(0, next);
			}
			end = next;
		}
		return address.substring(0, end);
	}

}
