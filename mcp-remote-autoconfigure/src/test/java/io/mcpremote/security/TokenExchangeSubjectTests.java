// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whose token is exchanged.
 */
class TokenExchangeSubjectTests {

	@Test
	void ofWhenJsonWebTokenThenCallerOfIssuer() {
		TokenExchangeSubject here = TokenExchangeSubject.of("billing",
				TokenExchangeFixture.caller("https://a.example.com", "alice", "token"));
		TokenExchangeSubject there = TokenExchangeSubject.of("billing",
				TokenExchangeFixture.caller("https://b.example.com", "alice", "token"));
		assertThat(here.token().getTokenValue()).isEqualTo("token");
		assertThat(here.caller()).contains("alice", "https://a.example.com");
		assertThat(TokenExchangeKey.of("billing", here)).isNotEqualTo(TokenExchangeKey.of("billing", there));
	}

	@Test
	void ofWhenIntrospectedThenCallerOfClient() {
		TokenExchangeSubject subject = TokenExchangeSubject.of("billing",
				new BearerTokenAuthentication(
						new DefaultOAuth2AuthenticatedPrincipal("alice",
								Map.of("iss", "https://a.example.com", "client_id", "inspector"), List.of()),
						opaque(), List.of()));
		assertThat(subject.token().getTokenValue()).isEqualTo("opaque");
		assertThat(subject.caller()).contains("alice", "https://a.example.com", "inspector");
	}

	@Test
	void ofWhenTokenIsCredentialsOfAnotherKindThenTaken() {
		TestingAuthenticationToken authentication = new TestingAuthenticationToken("alice", opaque(), "ROLE_USER");
		assertThat(TokenExchangeSubject.of("billing", authentication).token().getTokenValue()).isEqualTo("opaque");
	}

	@Test
	void keyWhenTokenDiffersThenDiffersAndDoesNotShowIt() {
		TokenExchangeKey key = key("one-token");
		assertThat(key).isEqualTo(key("one-token")).isNotEqualTo(key("another-token"));
		assertThat(key.toString()).doesNotContain("one-token");
		TokenExchangeSubject subject = TokenExchangeSubject.of("billing",
				TokenExchangeFixture.caller("https://a.example.com", "alice", "one-token"));
		assertThat(subject.toString()).doesNotContain("one-token");
		assertThat(TokenExchangeKey.of("shipping", subject)).isNotEqualTo(key);
	}

	@Test
	void ofWhenNobodyThenFails() {
		assertThatExceptionOfType(TokenExchangeException.class)
			.isThrownBy(() -> TokenExchangeSubject.of("billing", null))
			.withMessageContaining("'billing'")
			.withMessageContaining("no authenticated caller");
	}

	@Test
	void ofWhenAnonymousThenFails() {
		assertThatExceptionOfType(TokenExchangeException.class)
			.isThrownBy(() -> TokenExchangeSubject.of("billing",
					new AnonymousAuthenticationToken("key", "nobody", AuthorityUtils.createAuthorityList("ANONYMOUS"))))
			.withMessageContaining("no authenticated caller");
	}

	@Test
	void ofWhenNotAuthenticatedThenFails() {
		TestingAuthenticationToken authentication = new TestingAuthenticationToken("alice", opaque());
		authentication.setAuthenticated(false);
		assertThatExceptionOfType(TokenExchangeException.class)
			.isThrownBy(() -> TokenExchangeSubject.of("billing", authentication));
	}

	@Test
	void ofWhenSignedInWithoutAccessTokenThenSaysHow() {
		OidcIdToken idToken = OidcIdToken.withTokenValue("id-token").subject("alice").build();
		assertThatExceptionOfType(TokenExchangeException.class).isThrownBy(() -> TokenExchangeSubject.of("billing",
				new TestingAuthenticationToken("alice", idToken, "ROLE_USER")));
		assertThatExceptionOfType(TokenExchangeException.class)
			.isThrownBy(() -> TokenExchangeSubject.of("billing",
					UsernamePasswordAuthenticationToken.authenticated("alice", "secret", List.of())))
			.withMessageContaining("UsernamePasswordAuthenticationToken")
			.withMessageNotContaining("secret");
	}

	private static TokenExchangeKey key(String token) {
		return TokenExchangeKey.of("billing", TokenExchangeSubject.of("billing",
				TokenExchangeFixture.caller("https://a.example.com", "alice", token)));
	}

	private static OAuth2AccessToken opaque() {
		Instant now = Instant.now();
		return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "opaque", now, now.plusSeconds(60));
	}

}
