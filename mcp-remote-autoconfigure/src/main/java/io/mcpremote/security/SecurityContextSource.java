// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.function.BiConsumer;

import io.mcpremote.call.McpCall;
import io.mcpremote.call.ReactiveContextSource;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Lets reactive tools find the security context where Spring Security looks for it.
 */
final class SecurityContextSource implements ReactiveContextSource {

	@Override
	public void contribute(McpCall call, BiConsumer<Object, Object> context) {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication != null) {
			ReactiveSecurityContextHolder.withSecurityContext(Mono.just(new SecurityContextImpl(authentication)))
				.forEach(context);
		}
	}

}
