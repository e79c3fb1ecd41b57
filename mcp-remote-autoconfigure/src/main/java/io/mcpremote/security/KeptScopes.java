// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;

import io.mcpremote.call.McpCall;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * The scopes that a client asks for again when it steps up, so that it does not lose
 * them. As of 2026-07-28 clients see to that themselves; before, many ask for what the
 * challenge names and nothing else.
 */
final class KeptScopes {

	/**
	 * For the header to be one that every proxy lets pass.
	 */
	private static final int MAX_LENGTH = 2000;

	private KeptScopes() {
	}

	/**
	 * Return what a challenge names beside what the call needs.
	 * @param call the call that needs more
	 * @param caller who calls, with which scopes
	 * @return the scopes in one order, none if that is up to the client or if there are
	 * too many
	 */
	static List<String> of(McpCall call, Authentication caller) {
		if (call.revision().isModern()) {
			return List.of();
		}
		List<String> scopes = caller.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.filter((authority) -> authority != null && authority.startsWith(Requirement.SCOPE_PREFIX))
			.map((authority) -> authority.substring(Requirement.SCOPE_PREFIX.length()))
			// No business of a resource
			.filter((scope) -> !"offline_access".equals(scope))
			.sorted()
			.toList();
		return (String.join(" ", scopes).length() <= MAX_LENGTH) ? scopes : List.of();
	}

}
