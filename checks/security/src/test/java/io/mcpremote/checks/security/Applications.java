// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Applications that had a life before the starter was added.
 */
final class Applications {

	private Applications() {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { OAuth2AuthorizationServerAutoConfiguration.class,
			OAuth2AuthorizationServerJwtAutoConfiguration.class })
	@Import({ ProjectTools.class, Pages.class, Passwords.class })
	@interface Application {

	}

	/**
	 * Leaves everything to Spring Boot.
	 */
	@Application
	static class WithoutChain {

	}

	/**
	 * Has a chain for some of its URLs, and leaves the others open.
	 */
	@Application
	@Import(Users.class)
	static class WithApiChain {

		@Bean
		SecurityFilterChain api(HttpSecurity http) {
			http.securityMatcher("/api/**");
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.httpBasic(Customizer.withDefaults());
			return http.build();
		}

	}

	/**
	 * Has a chain for everything, with a login page.
	 */
	@Application
	@Import(Users.class)
	static class WithCatchAllChain {

		@Bean
		SecurityFilterChain everything(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("user").password(Passwords.PASSWORD).roles("USER").build());
		}

	}

	/**
	 * Far too fast for real ones.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Passwords {

		private static final PasswordEncoder ENCODER = new BCryptPasswordEncoder(4);

		static final String PASSWORD = ENCODER.encode("password");

		@Bean
		PasswordEncoder passwordEncoder() {
			return ENCODER;
		}

	}

	@RestController
	static class Pages {

		@RequestMapping({ "/hello", "/api/data", "/a/b", "/a", "/mcp/more", "/.well-known/openid-configuration" })
		String page() {
			return "hello";
		}

	}

}
