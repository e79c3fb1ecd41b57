// SPDX-License-Identifier: Apache-2.0

package com.example.shapes;

import com.example.inventory.ApiErrors;
import com.example.inventory.InventoryTools;
import com.example.inventory.ItemController;
import com.example.inventory.Items;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The application with other filter chains than its own. Stands where the application
 * does not look for what is part of it.
 */
public final class Chains {

	private Chains() {
	}

	/**
	 * None, so that Spring Boot makes one.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Items.class, ItemController.class, InventoryTools.class, ApiErrors.class })
	public static class OfSpringBoot {

	}

	/**
	 * One for everything, that knows nothing of the endpoint.
	 */
	public static class ForEverything extends OfSpringBoot {

		@Bean
		SecurityFilterChain everything(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			return http.build();
		}

	}

	/**
	 * One that comes before all others as far as it can, and denies what it does not
	 * know.
	 */
	public static class BeforeAll extends OfSpringBoot {

		@Bean
		@Order(0)
		SecurityFilterChain everything(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().denyAll());
			return http.build();
		}

	}

	/**
	 * One for an API that takes tokens as well, and one for pages.
	 */
	public static class ResourceServer extends OfSpringBoot {

		@Bean
		@Order(1)
		SecurityFilterChain api(HttpSecurity http) {
			http.securityMatcher("/api/**");
			http.authorizeHttpRequests((requests) -> requests.anyRequest().hasAuthority("SCOPE_items"));
			http.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults()));
			return http.build();
		}

		@Bean
		@Order(2)
		SecurityFilterChain pages(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			return http.build();
		}

	}

	/**
	 * One for pages, with a login elsewhere.
	 */
	public static class LoginElsewhere extends OfSpringBoot {

		@Bean
		SecurityFilterChain pages(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

	}

}
