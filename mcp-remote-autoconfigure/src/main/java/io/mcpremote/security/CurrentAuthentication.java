// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who calls, as far as the current thread knows.
 */
final class CurrentAuthentication {

	private CurrentAuthentication() {
	}

	/**
	 * Return the caller's authentication, or {@code null} if nobody vouches for it.
	 */
	static @Nullable Authentication get() {
		Authentication found = SecurityContextHolder.getContext().getAuthentication();
		boolean vouched = found != null && found.isAuthenticated() && !(found instanceof AnonymousAuthenticationToken);
		return (vouched) ? found : null;
	}

}
