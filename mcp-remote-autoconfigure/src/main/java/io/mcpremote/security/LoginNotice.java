// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Says at start-up where a login that the application leaves to Spring Boot has gone,
 * because of properties that the endpoint shares with Spring Boot.
 */
final class LoginNotice implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(LoginNotice.class);

	/**
	 * What Spring Boot makes of its properties if there is no other chain.
	 */
	private static final List<String> CHAINS = List.of("jwtSecurityFilterChain", "opaqueTokenSecurityFilterChain");

	private static final List<String> USER = List.of("spring.security.user.name", "spring.security.user.password");

	private static final String CURE = " If they are for the MCP endpoint only, name the issuer in"
			+ " mcp.remote.security.issuers[0].uri instead.";

	private final ListableBeanFactory beans;

	private final Environment environment;

	LoginNotice(ListableBeanFactory beans, Environment environment) {
		this.beans = beans;
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (CHAINS.stream().anyMatch(this.beans::containsBean)) {
			logger.info("Spring Boot asks for access tokens at all other URLs of this application as well, because of"
					+ " the properties spring.security.oauth2.resourceserver." + CURE);
		}
		else if (USER.stream().anyMatch(this.environment::containsProperty) && hasNoUsers() && has(JwtDecoder.class)) {
			logger.warn("Nobody can sign in as the user of spring.security.user: Spring Boot has none where there is a"
					+ " JwtDecoder, which it has made of the properties spring.security.oauth2.resourceserver." + CURE);
		}
	}

	private boolean hasNoUsers() {
		return !has(UserDetailsService.class) && !has(AuthenticationManager.class)
				&& !has(AuthenticationProvider.class);
	}

	private boolean has(Class<?> type) {
		return this.beans.getBeanNamesForType(type, true, false).length > 0;
	}

}
