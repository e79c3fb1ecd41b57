// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.util.function.BooleanSupplier;

import io.mcpremote.operate.OperatorRole;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Shows the console to those who have logged in to the application and have a role,
 * whatever the application's own rules say of the page.
 */
final class RoleAccess implements ConsoleAccess {

	private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

	private final OperatorRole role;

	RoleAccess(OperatorRole role) {
		this.role = role;
	}

	@Override
	public Decision decide(HttpServletRequest request) {
		Authentication authentication = current();
		if (authentication == null || !authentication.isAuthenticated()
				|| authentication instanceof AnonymousAuthenticationToken) {
			return Decision.LOGIN;
		}
		return (this.role.isOf(authentication)) ? Decision.SHOWN : Decision.REFUSED;
	}

	/**
	 * A login that is kept in a session can end before the request does. Any other ends
	 * with the request, which is bounded.
	 */
	@Override
	public BooleanSupplier standing(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session == null || !(session.getAttribute(CONTEXT) instanceof SecurityContext)) {
			return () -> true;
		}
		return () -> {
			try {
				return session.getAttribute(CONTEXT) instanceof SecurityContext context
						&& this.role.isOf(context.getAuthentication());
			}
			catch (IllegalStateException ex) {
				// The session is over
				return false;
			}
		};
	}

	@Override
	public void askForLogin() {
		if (current() != null) {
			// There is a chain of the application's around this, which knows what to do
			throw new AccessDeniedException("Operators have to log in");
		}
	}

	private static @Nullable Authentication current() {
		return SecurityContextHolder.getContext().getAuthentication();
	}

}
