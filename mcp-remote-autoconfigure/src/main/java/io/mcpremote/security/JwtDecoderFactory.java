// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Makes decoders that only verify signatures. Their keys survive outages of the issuer,
 * and tokens with unknown keys do not make this server ask for keys each time.
 */
final class JwtDecoderFactory {

	private static final Duration KEYS_FRESH = Duration.ofMinutes(5);

	private static final Duration KEYS_USABLE = Duration.ofHours(1);

	private static final Duration REFRESH_TIMEOUT = Duration.ofSeconds(15);

	private final ResourceRetriever retriever;

	private final IssuerMetadata metadata;

	private final Clock clock;

	JwtDecoderFactory(ResourceRetriever retriever, Clock clock) {
		this.retriever = retriever;
		this.metadata = new IssuerMetadata(retriever);
		this.clock = clock;
	}

	/**
	 * Create a decoder.
	 * @param issuer whose tokens it decodes, if known
	 * @param jwkSetUri where the keys are, {@code null} to ask the issuer
	 * @param algorithms with which tokens may be signed
	 */
	JwtDecoder create(@Nullable String issuer, @Nullable String jwkSetUri, Collection<String> algorithms) {
		IssuerKeys keys = new IssuerKeys(this.retriever, () -> location(issuer, jwkSetUri), this.clock);
		JWKSource<SecurityContext> source = JWKSourceBuilder.create(keys)
			.cache(KEYS_FRESH.toMillis(), REFRESH_TIMEOUT.toMillis())
			.refreshAheadCache(false)
			.rateLimited(false)
			.outageTolerant(KEYS_USABLE.toMillis())
			.build();
		return decoder(new JWSVerificationKeySelector<>(parse(algorithms), source));
	}

	/**
	 * Create a decoder of tokens that are signed with the one key there is.
	 * @param key the public key
	 * @param algorithms with which tokens may be signed
	 */
	static JwtDecoder create(RSAPublicKey key, Collection<String> algorithms) {
		Set<JWSAlgorithm> allowed = parse(algorithms);
		return decoder((header, context) -> allowed.contains(header.getAlgorithm()) ? List.of(key) : List.of());
	}

	private static Set<JWSAlgorithm> parse(Collection<String> algorithms) {
		return algorithms.stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
	}

	private static JwtDecoder decoder(JWSKeySelector<SecurityContext> keys) {
		DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
		processor.setJWSKeySelector(keys);
		// Types and claims are JwtRules' matter
		processor.setJWSTypeVerifier((type, context) -> {
		});
		processor.setJWTClaimsSetVerifier((claims, context) -> {
		});
		NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
		decoder.setJwtValidator((jwt) -> OAuth2TokenValidatorResult.success());
		return decoder;
	}

	private String location(@Nullable String issuer, @Nullable String jwkSetUri) throws IOException {
		if (jwkSetUri != null) {
			return jwkSetUri;
		}
		if (issuer != null && this.metadata.read(issuer).get("jwks_uri") instanceof String location) {
			return location;
		}
		throw new IOException("The metadata of the issuer does not say where its keys are");
	}

}
