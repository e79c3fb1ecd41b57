// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * Tells those apart who are known by address only. One subscriber has a whole network of
 * addresses of version 6, and picks a new one at will.
 *
 * @since 0.1.0
 */
public final class NetworkAddress {

	private static final int SUBSCRIBER = 4;

	private static final int PROVIDER = 2;

	private NetworkAddress() {
	}

	/**
	 * Return the part of an address that its user cannot choose.
	 * @param address the address
	 * @return the address itself or, of version 6, the first 64 bits
	 */
	public static String subscriber(String address) {
		return (isVersion6(address)) ? groups(address, SUBSCRIBER) : address;
	}

	/**
	 * Return the part of an address that many subscribers have in common.
	 * @param address the address
	 * @return the first 16 bits or, of version 6, the first 32
	 */
	public static String provider(String address) {
		if (isVersion6(address)) {
			return groups(address, PROVIDER);
		}
		int second = address.indexOf('.', address.indexOf('.') + 1);
		return (second > 0) ? address.substring(0, second) : address;
	}

	private static boolean isVersion6(String address) {
		return address.indexOf(':') >= 0 && address.indexOf('.') < 0;
	}

	private static String groups(String address, int count) {
		int end = -1;
		for (int i = 0; i < count; i++) {
			int next = address.indexOf(':', end + 1);
			if (next < 0) {
				return address;
			}
			if (next == end + 1) {
				// "::" stands for zeros, which need not be told apart further
				return address.substring(0, next) + ":";
			}
			end = next;
		}
		return address.substring(0, end);
	}

}
