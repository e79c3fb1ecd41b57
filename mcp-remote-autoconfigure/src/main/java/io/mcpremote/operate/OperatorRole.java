// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.security.access.hierarchicalroles.NullRoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.util.ClassUtils;

/**
 * The role of operators, the way the application understands roles: with its prefix for
 * them, and its roles that include others.
 *
 * @since 0.1.0
 */
public final class OperatorRole {

	/**
	 * The property that names it.
	 */
	static final String PROPERTY = "mcp.remote.console.role";

	private static final String DEFAULT = "MCP_OPERATOR";

	private static final String DEFAULTS = "org.springframework.security.config.core.GrantedAuthorityDefaults";

	private final String authority;

	private final RoleHierarchy hierarchy;

	private OperatorRole(String authority, RoleHierarchy hierarchy) {
		this.authority = authority;
		this.hierarchy = hierarchy;
	}

	/**
	 * Find out how the application understands roles.
	 * @param environment names the role
	 * @param beans those of the application
	 * @return the role
	 */
	static OperatorRole of(Environment environment, ListableBeanFactory beans) {
		return of(environment.getProperty(PROPERTY, DEFAULT), beans);
	}

	/**
	 * Find out how the application understands roles.
	 * @param role the role without a prefix
	 * @param beans those of the application
	 * @return the role
	 */
	public static OperatorRole of(String role, ListableBeanFactory beans) {
		String prefix = (ClassUtils.isPresent(DEFAULTS, OperatorRole.class.getClassLoader())) ? Prefix.of(beans)
				: "ROLE_";
		return new OperatorRole(prefix + role,
				beans.getBeanProvider(RoleHierarchy.class).getIfUnique(NullRoleHierarchy::new));
	}

	/**
	 * Return whether somebody who has logged in has the role.
	 * @param authentication who, {@code null} for nobody
	 * @return whether the role is among theirs
	 */
	public boolean isOf(@Nullable Authentication authentication) {
		if (authentication == null || !authentication.isAuthenticated()
				|| authentication instanceof AnonymousAuthenticationToken) {
			return false;
		}
		Collection<? extends GrantedAuthority> reachable = this.hierarchy
			.getReachableGrantedAuthorities(authentication.getAuthorities());
		return reachable.stream().map(GrantedAuthority::getAuthority).anyMatch(this.authority::equals);
	}

	/**
	 * Spring Security's configuration need not be there where its filters are.
	 */
	private static final class Prefix {

		static String of(ListableBeanFactory beans) {
			GrantedAuthorityDefaults defaults = beans.getBeanProvider(GrantedAuthorityDefaults.class).getIfUnique();
			return (defaults != null) ? defaults.getRolePrefix() : "ROLE_";
		}

	}

}
