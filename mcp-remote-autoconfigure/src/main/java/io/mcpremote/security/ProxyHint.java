// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says once that the address by which callers are limited seems to be that of a proxy,
 * which all of them share.
 */
final class ProxyHint {

	private static final Log logger = LogFactory.getLog(ProxyHint.class);

	private final AtomicBoolean said = new AtomicBoolean();

	/**
	 * Create a hint.
	 * @param superfluous whether it has been decided already what becomes of forwarded
	 * headers
	 */
	ProxyHint(boolean superfluous) {
		this.said.set(superfluous);
	}

	void look(HttpServletRequest request) {
		// Whoever makes use of these headers takes them away
		if (this.said.get()
				|| (request.getHeader("X-Forwarded-For") == null && request.getHeader("Forwarded") == null)) {
			return;
		}
		if (this.said.compareAndSet(false, true)) {
			logger.warn("A bad access token came with a forwarded header, and is counted against the address of the"
					+ " connection. If that is a proxy's, one client can use up what all of them share: set"
					+ " server.forward-headers-strategy to native or framework, or to none if there is no proxy.");
		}
	}

}
