// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.util.HashSet;
import java.util.Set;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Knows what the caller of the current thread may do.
 */
@FunctionalInterface
interface CallerAuthorities {

	/**
	 * Return the names of the authorities.
	 */
	Set<String> current();

	/**
	 * Look them up in Spring Security, which must be there.
	 */
	static CallerAuthorities ofSecurityContext() {
		return () -> {
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			if (authentication == null || authentication.getAuthorities().isEmpty()) {
				return Set.of();
			}
			Set<String> names = new HashSet<>();
			for (GrantedAuthority authority : authentication.getAuthorities()) {
				String name = authority.getAuthority();
				names.add((name != null) ? name : authority.toString());
			}
			return names;
		};
	}

}
