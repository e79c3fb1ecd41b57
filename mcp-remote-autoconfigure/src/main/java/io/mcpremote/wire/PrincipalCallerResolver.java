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

	@Override
	public Caller resolve(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		if (principal == null) {
			return Caller.anonymous(request.getRemoteAddr());
		}
		return new Caller(principal.getName(), null, null, request.getRemoteAddr());
	}

}
