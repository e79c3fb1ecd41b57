// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.function.BooleanSupplier;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Shows the console to whoever sits at the machine. What a proxy passes on is not from
 * there, nor is a page that has its own name point to it.
 */
final class LoopbackAccess implements ConsoleAccess {

	private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

	@Override
	public Decision decide(HttpServletRequest request) {
		boolean passedOn = request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null
				|| request.getHeader("X-Forwarded-Host") != null;
		return (!passedOn && isLoopback(request.getRemoteAddr()) && NAMES.contains(request.getServerName()))
				? Decision.SHOWN : Decision.REFUSED;
	}

	@Override
	public BooleanSupplier standing(HttpServletRequest request) {
		return () -> true;
	}

	@Override
	public void askForLogin() {
		// There is none
	}

	/**
	 * An address is no name, so nobody is asked for it.
	 */
	private static boolean isLoopback(String address) {
		try {
			return InetAddress.getByName(address).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
