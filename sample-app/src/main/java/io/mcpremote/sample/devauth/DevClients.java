// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * The clients: two of our own, those that have registered themselves, and those that have
 * published who they are.
 */
final class DevClients implements RegisteredClientRepository {

	static final Set<String> SCOPES = Set.of("read:projects", "write:projects", "read:contacts", "write:reports");

	/**
	 * Settings of our own clients: whose rows one sees that acts for itself, and whether
	 * the browser may be sent back to any path and port of this machine.
	 */
	static final String TENANT = "sample.tenant";

	static final String ANY_LOOPBACK_REDIRECT = "sample.any-loopback-redirect";

	/**
	 * Setting of those that have published who they are: the URL.
	 */
	static final String PUBLISHED_AT = "sample.published-at";

	private static final int MAX_REGISTERED = 1000;

	private final List<RegisteredClient> known;

	private final Cache<String, RegisteredClient> registered = Caffeine.newBuilder()
		.maximumSize(MAX_REGISTERED)
		.build();

	private final ClientMetadataDocuments documents;

	DevClients(PasswordEncoder passwords, ClientMetadataDocuments documents) {
		this.documents = documents;
		this.known = List.of(agent(passwords), commandLine());
	}

	@Override
	public void save(RegisteredClient client) {
		this.registered.put(client.getClientId(), client);
	}

	@Override
	public @Nullable RegisteredClient findById(String id) {
		return Stream.concat(this.known.stream(), this.registered.asMap().values().stream())
			.filter((client) -> client.getId().equals(id))
			.findFirst()
			.orElseGet(() -> this.documents.find(id));
	}

	@Override
	public @Nullable RegisteredClient findByClientId(String clientId) {
		RegisteredClient client = this.registered.getIfPresent(clientId);
		if (client != null) {
			return client;
		}
		return this.known.stream()
			.filter((candidate) -> candidate.getClientId().equals(clientId))
			.findFirst()
			.orElseGet(() -> this.documents.find(clientId));
	}

	static TokenSettings tokenSettings() {
		return TokenSettings.builder().accessTokenTimeToLive(Duration.ofMinutes(15)).build();
	}

	private static RegisteredClient agent(PasswordEncoder passwords) {
		return RegisteredClient.withId("demo-agent")
			.clientId("demo-agent")
			.clientSecret(passwords.encode("demo-secret"))
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.scopes((scopes) -> scopes.addAll(SCOPES))
			.clientSettings(ClientSettings.builder().setting(TENANT, "acme").build())
			.tokenSettings(tokenSettings())
			.build();
	}

	private static RegisteredClient commandLine() {
		return RegisteredClient.withId("demo-cli")
			.clientId("demo-cli")
			.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("http://127.0.0.1/callback")
			.scopes((scopes) -> scopes.addAll(SCOPES))
			.clientSettings(ClientSettings.builder().requireProofKey(true).setting(ANY_LOOPBACK_REDIRECT, true).build())
			.tokenSettings(tokenSettings())
			.build();
	}

}
