// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class LoginNoticeTests {

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void startWhenNothingOfTheKindThenSilent(CapturedOutput output) {
		this.beans.registerSingleton("pages", new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE));
		this.beans.registerSingleton("jwtDecoder", decoder());
		assertThat(said(output)).isEmpty();
	}

	@Test
	void startWhenSpringBootAsksForTokensEverywhereThenSaysHowNot(CapturedOutput output) {
		this.beans.registerSingleton("jwtSecurityFilterChain",
				new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE));
		assertThat(said(output)).contains("all other URLs", "mcp.remote.security.issuers[0].uri");
	}

	@Test
	void startWhenConfiguredUserIsGoneThenSaysHowToHaveItBack(CapturedOutput output) {
		this.environment.setProperty("spring.security.user.name", "clerk");
		assertThat(said(output)).isEmpty();
		this.beans.registerSingleton("jwtDecoder", decoder());
		assertThat(said(output)).contains("Nobody can sign in", "mcp.remote.security.issuers[0].uri");
		UserDetailsService users = new InMemoryUserDetailsManager();
		this.beans.registerSingleton("users", users);
		assertThat(said(output)).isEmpty();
	}

	private String said(CapturedOutput output) {
		int before = output.length();
		new LoginNotice(this.beans, this.environment).afterSingletonsInstantiated();
		return output.toString().substring(before);
	}

	private static JwtDecoder decoder() {
		return (token) -> {
			throw new UnsupportedOperationException();
		};
	}

}
