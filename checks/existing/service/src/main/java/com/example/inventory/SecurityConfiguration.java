// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * Who may do what, signed in with a form. Tools are open to whoever reaches them.
 */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
public class SecurityConfiguration {

	@Bean
	SecurityFilterChain pages(HttpSecurity http) {
		http.authorizeHttpRequests(
				(requests) -> requests.requestMatchers("/", "/index.html", "/error", "/actuator/health", "/mcp/**")
					.permitAll()
					.requestMatchers("/actuator/**")
					.hasRole("MANAGER")
					.anyRequest()
					.authenticated());
		http.csrf((csrf) -> csrf.ignoringRequestMatchers("/mcp/**"));
		http.cors(Customizer.withDefaults());
		http.formLogin((login) -> login.defaultSuccessUrl("/stock.html"));
		http.logout((logout) -> logout.logoutSuccessUrl("/"));
		return http.build();
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(
				User.withUsername("clerk").password("{noop}counter").roles("CLERK").build(),
				User.withUsername("manager").password("{noop}office").roles("CLERK", "MANAGER").build());
	}

	@Bean
	CorsConfigurationSource corsConfigurationSource() {
		CorsConfiguration shop = new CorsConfiguration();
		shop.setAllowedOrigins(List.of("https://shop.example.com"));
		shop.setAllowedMethods(List.of("GET"));
		UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
		source.registerCorsConfiguration("/api/**", shop);
		return source;
	}

}
