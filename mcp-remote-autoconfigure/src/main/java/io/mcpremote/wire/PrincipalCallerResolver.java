// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.security.Principal;

import io.mcpremote.call.Caller;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Takes the caller from the servlet request's principal, whoever has put it there.
 *
 * @since 0.1.0
 */
public final class PrincipalCallerResolver implements CallerResolver {

	private final RecentCallers recent = new RecentCallers(256);

	@Override
	public Caller resolve(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		if (principal == null) {
			String address = request.getRemoteAddr();
			return this.recent.of(null, address, () -> Caller.anonymous(address));
		}
		return new Caller(principal.getName(), null, null, request.getRemoteAddr());
	}

}
