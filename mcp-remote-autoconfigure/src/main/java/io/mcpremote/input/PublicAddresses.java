// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of hosts, as long as all of them belong to the public Internet: none of
 * this machine, its network, its cloud's metadata service, or of a tunnel to these.
 */
final class PublicAddresses {

	private static final Log logger = LogFactory.getLog(PublicAddresses.class);

	/**
	 * What the registries of special addresses list for IPv4, and the address under which
	 * virtual machines of one cloud find their host.
	 */
	private static final List<Network> NOT_PUBLIC = networks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
			"169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
			"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32");

	/**
	 * The part of IPv6 that is assigned to anybody.
	 */
	private static final Network GLOBAL = Network.of("2000::/3");

	/**
	 * What is special in it: protocols, among them tunnels, documentation, and 6to4.
	 */
	private static final List<Network> NOT_GLOBAL = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

	private final AddressLookup lookup;

	private final Predicate<InetAddress> allowed;

	PublicAddresses(AddressLookup lookup) {
		this(lookup, (address) -> isPublic(address) && !isOwn(address, NetworkInterface::getByInetAddress));
	}

	PublicAddresses(AddressLookup lookup, Predicate<InetAddress> allowed) {
		this.lookup = lookup;
		this.allowed = allowed;
	}

	/**
	 * Return the addresses of a host.
	 * @throws UnknownHostException if there are none, or some are not public; nobody is
	 * to find out which
	 */
	InetAddress[] of(String host) throws UnknownHostException {
		InetAddress[] found;
		try {
			found = this.lookup.find(host);
		}
		catch (UnknownHostException ex) {
			logger.debug("No address of '" + host + "'", ex);
			throw refused(host);
		}
		if (found.length == 0 || !Stream.of(found).allMatch(this.allowed)) {
			logger.warn("Refused to reach '" + host + "', which has an address that is not public");
			throw refused(host);
		}
		return found;
	}

	static boolean isPublic(InetAddress address) {
		if (address instanceof Inet4Address) {
			return NOT_PUBLIC.stream().noneMatch((network) -> network.contains(address));
		}
		return GLOBAL.contains(address) && NOT_GLOBAL.stream().noneMatch((network) -> network.contains(address));
	}

	/**
	 * Return whether an address leads back to this machine, which may have public ones.
	 */
	static boolean isOwn(InetAddress address, Interfaces interfaces) {
		try {
			return interfaces.find(address) != null;
		}
		catch (SocketException ex) {
			logger.warn("Cannot tell whether an address is one of this machine, and takes it for one", ex);
			return true;
		}
	}

	private static UnknownHostException refused(String host) {
		return new UnknownHostException("'" + host.toLowerCase(Locale.ROOT) + "' cannot be reached from here");
	}

	private static List<Network> networks(String... texts) {
		return Stream.of(texts).map(Network::of).toList();
	}

	/**
	 * The network interfaces of this machine.
	 */
	@FunctionalInterface
	interface Interfaces {

		@Nullable NetworkInterface find(InetAddress address) throws SocketException;

	}

	/**
	 * A range of addresses.
	 */
	private record Network(int length, int bits, BigInteger prefix) {

		static Network of(String text) {
			int slash = text.indexOf('/');
			try {
				byte[] address = InetAddress.getByName(text.substring(0, slash)).getAddress();
				int bits = Integer.parseInt(text.substring(slash + 1));
				return new Network(address.length, bits, prefix(address, bits));
			}
			catch (UnknownHostException ex) {
				throw new IllegalArgumentException(ex);
			}
		}

		boolean contains(InetAddress address) {
			byte[] bytes = address.getAddress();
			return bytes.length == this.length && prefix(bytes, this.bits).equals(this.prefix);
		}

		private static BigInteger prefix(byte[] address, int bits) {
			return new BigInteger(1, address).shiftRight(address.length * 8 - bits);
		}

	}

}
