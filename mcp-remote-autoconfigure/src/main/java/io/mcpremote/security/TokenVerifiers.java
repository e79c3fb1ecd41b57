// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.io.InputStream;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import io.mcpremote.call.StartupException;
import io.mcpremote.security.McpRemoteSecurityProperties.Issuer;
import io.mcpremote.wire.EndpointLocation;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.io.Resource;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.util.Assert;

/**
 * Makes verifiers of what is configured.
 */
final class TokenVerifiers implements KeySets {

	private static final int TIMEOUT = 2000;

	private static final int MAX_DOCUMENT = 512 * 1024;

	private final McpRemoteSecurityProperties properties;

	private final OAuth2ResourceServerProperties boot;

	private final EndpointLocation location;

	private final RequestThreads threads;

	private final Clock clock;

	private final JwtDecoderFactory decoders;

	TokenVerifiers(McpRemoteSecurityProperties properties, OAuth2ResourceServerProperties boot,
			EndpointLocation location, RequestThreads threads, Clock clock) {
		this.properties = properties;
		this.boot = boot;
		this.location = location;
		this.threads = threads;
		this.clock = clock;
		this.decoders = new JwtDecoderFactory(retriever(), TokenVerifiers::start, threads.half(), clock);
	}

	/**
	 * Create a verifier of JWTs.
	 * @param own a decoder of the application's own, which wins over properties
	 * @param converter makes authorities of claims
	 * @return the verifier, {@code null} if no issuer of JWTs is configured
	 */
	@Nullable TokenVerifier jwt(@Nullable JwtDecoder own, Converter<Jwt, ? extends AbstractAuthenticationToken> converter) {
		Map<String, TokenVerifier> byIssuer = new LinkedHashMap<>();
		for (Issuer issuer : this.properties.issuers()) {
			if (byIssuer.containsKey(issuer.uri())) {
				throw SecurityPropertyChecks.issuerTwice(issuer.uri());
			}
			JwtDecoder decoder = this.decoders.create(issuer.uri(), issuer.jwkSetUri(), issuer.jwsAlgorithms());
			byIssuer.put(issuer.uri(), new JwtTokenVerifier(decoder, rules(issuer.uri()), converter));
		}
		TokenVerifier single = single(own, converter);
		String issuerUri = this.boot.getJwt().getIssuerUri();
		if (byIssuer.isEmpty()) {
			return single;
		}
		if (single != null) {
			if (issuerUri == null) {
				throw SecurityPropertyChecks.issuerUnknown();
			}
			if (byIssuer.putIfAbsent(issuerUri, single) != null) {
				throw SecurityPropertyChecks.issuerTwice(issuerUri);
			}
		}
		return new IssuerTokenVerifier(byIssuer);
	}

	private @Nullable TokenVerifier single(@Nullable JwtDecoder own,
			Converter<Jwt, ? extends AbstractAuthenticationToken> converter) {
		OAuth2ResourceServerProperties.Jwt jwt = this.boot.getJwt();
		JwtDecoder decoder = own;
		if (decoder == null && (jwt.getJwkSetUri() != null || jwt.getIssuerUri() != null)) {
			decoder = this.decoders.create(jwt.getIssuerUri(), jwt.getJwkSetUri(), jwt.getJwsAlgorithms());
		}
		else if (decoder == null && jwt.getPublicKeyLocation() != null) {
			decoder = JwtDecoderFactory.create(publicKey(jwt.getPublicKeyLocation()), jwt.getJwsAlgorithms());
		}
		if (decoder == null) {
			return null;
		}
		TokenVerifier verifier = new JwtTokenVerifier(decoder, rules(jwt.getIssuerUri()), converter);
		// What is not the application's own asks nobody but IssuerKeys, which look after
		// themselves
		return (own != null) ? guard(verifier) : verifier;
	}

	private static RSAPublicKey publicKey(Resource location) {
		try (InputStream content = location.getInputStream()) {
			RSAPublicKey key = RsaKeyConverters.x509().convert(content);
			Assert.state(key != null, "There is no key");
			return key;
		}
		catch (IOException | RuntimeException ex) {
			throw new StartupException(
					"spring.security.oauth2.resourceserver.jwt.public-key-location names no RSA public key: " + location
							+ ".",
					"Let it name a file that begins with '-----BEGIN PUBLIC KEY-----'.", ex);
		}
	}

	@Override
	public List<KeySet> keySets() {
		return this.decoders.keySets();
	}

	@Override
	public void retry() {
		this.decoders.retryKeySets();
	}

	TokenVerifier opaque(OpaqueTokenIntrospector introspector) {
		return guard(new OpaqueTokenVerifier(introspector, audiences(), this.clock));
	}

	/**
	 * Create a verifier that does not hold all threads if it gets no answers.
	 */
	TokenVerifier guard(TokenVerifier verifier) {
		return new GuardedTokenVerifier(verifier, this.threads.quarter(), this.clock);
	}

	/**
	 * Return what lets nobody verify what others verify already.
	 */
	SingleFlight flights() {
		return new SingleFlight(this.threads.quarter());
	}

	/**
	 * Return the issuers whose metadata clients may want to read.
	 */
	List<String> issuers() {
		Set<String> issuers = new LinkedHashSet<>();
		if (this.boot.getJwt().getIssuerUri() != null) {
			issuers.add(this.boot.getJwt().getIssuerUri());
		}
		this.properties.issuers().forEach((issuer) -> issuers.add(issuer.uri()));
		return new ArrayList<>(issuers);
	}

	/**
	 * Return what reads the metadata of issuers.
	 */
	IssuerMetadata metadata() {
		return new IssuerMetadata(retriever());
	}

	private JwtRules rules(@Nullable String issuer) {
		return new JwtRules(issuer, audiences(), this.properties.clockSkew(), this.clock);
	}

	/**
	 * The resource's own URL is known when the first token comes, perhaps not before.
	 */
	private Supplier<Set<String>> audiences() {
		// Not Spring Boot's list, which is that of the application's other URLs
		Set<String> configured = this.properties.audiences();
		if (!configured.isEmpty()) {
			return () -> configured;
		}
		return () -> Set.of(this.location.resource());
	}

	/**
	 * Threads are needed seldom, one at a time for each issuer.
	 */
	private static void start(Runnable task) {
		Thread thread = new Thread(task, "mcp-remote-issuer-keys");
		thread.setDaemon(true);
		thread.start();
	}

	private static ResourceRetriever retriever() {
		return new DefaultResourceRetriever(TIMEOUT, TIMEOUT, MAX_DOCUMENT);
	}

}
