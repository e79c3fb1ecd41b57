// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.util.Objects;
import java.util.TreeSet;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Tools over a set of projects, which some may only read.
 */
final class ProjectTools {

	@McpTool(name = "whoami", description = "Tells who calls and with which scopes")
	String whoami() {
		Authentication caller = Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
		TreeSet<String> scopes = new TreeSet<>();
		for (GrantedAuthority authority : caller.getAuthorities()) {
			if (authority.getAuthority() != null && authority.getAuthority().startsWith("SCOPE_")) {
				scopes.add(authority.getAuthority().substring("SCOPE_".length()));
			}
		}
		return caller.getName() + " " + scopes;
	}

}
