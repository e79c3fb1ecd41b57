// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.List;

import io.mcpremote.transport.CurrentCaller;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * On whose behalf a tool runs: of the caller, or of whoever sits at this machine where
 * the tools are served to a local client.
 */
@Component
class CurrentUser {

	private static final String SCOPE = "SCOPE_";

	private final @Nullable CurrentCaller caller;

	private final String localTenant;

	CurrentUser(ObjectProvider<CurrentCaller> caller, @Value("${sample.local-tenant}") String localTenant) {
		this.caller = caller.getIfAvailable();
		this.localTenant = localTenant;
	}

	/**
	 * Return whose rows the user sees.
	 * @return the tenant, or {@code null}, which no row has
	 */
	@Nullable String tenant() {
		return (this.caller != null) ? this.caller.get().tenant() : this.localTenant;
	}

	@Nullable String name() {
		return (this.caller != null) ? this.caller.get().subject() : System.getProperty("user.name");
	}

	@Nullable String client() {
		return (this.caller != null) ? this.caller.get().clientId() : null;
	}

	List<String> scopes() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication == null) {
			return List.of();
		}
		return authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.filter((authority) -> authority != null && authority.startsWith(SCOPE))
			.map((authority) -> authority.substring(SCOPE.length()))
			.sorted()
			.toList();
	}

}
