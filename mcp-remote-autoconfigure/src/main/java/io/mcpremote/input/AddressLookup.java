// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Finds the addresses of hosts.
 */
@FunctionalInterface
interface AddressLookup {

	InetAddress[] find(String host) throws UnknownHostException;

}
