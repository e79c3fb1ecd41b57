// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may use the actuator. The MCP endpoint has a filter chain of its own, and nothing
 * else is served.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!stdio")
class SecurityConfiguration {

	@Bean
	SecurityFilterChain actuator(HttpSecurity http, Environment environment) {
		// Metrics are for whoever reaches the port that is for operators only
		String[] open = (ManagementPortType.get(environment) == ManagementPortType.DIFFERENT)
				? new String[] { "health", "prometheus" } : new String[] { "health" };
		return http.securityMatcher(EndpointRequest.toAnyEndpoint())
			.authorizeHttpRequests((requests) -> requests.requestMatchers(EndpointRequest.to(open))
				.permitAll()
				.anyRequest()
				.hasRole("OPERATOR"))
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	/**
	 * Spring Boot makes no user where access tokens are verified.
	 */
	@Bean
	@Profile("keycloak")
	@ConditionalOnProperty("spring.security.user.password")
	UserDetailsService operator(SecurityProperties properties) {
		SecurityProperties.User user = properties.getUser();
		return new InMemoryUserDetailsManager(User.withUsername(user.getName())
			.password("{noop}" + user.getPassword())
			.roles(user.getRoles().toArray(String[]::new))
			.build());
	}

}
