// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import com.nimbusds.jose.JWSAlgorithm;
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

	private final ResourceRetriever retriever;

	private final Executor executor;

	private final int waiting;

	private final Clock clock;

	private final List<IssuerKeys> made = new CopyOnWriteArrayList<>();

	/**
	 * Create a factory.
	 * @param retriever reads the documents of issuers
	 * @param executor on whose threads they are read
	 * @param waiting how many requests may wait for the keys of an issuer
	 * @param clock tells how old keys are
	 */
	JwtDecoderFactory(ResourceRetriever retriever, Executor executor, int waiting, Clock clock) {
		this.retriever = retriever;
		this.executor = executor;
		this.waiting = waiting;
		this.clock = clock;
	}

	/**
	 * Create a decoder.
	 * @param issuer whose tokens it decodes, if known
	 * @param jwkSetUri where the keys are, {@code null} to ask the issuer
	 * @param algorithms with which tokens may be signed
	 */
	JwtDecoder create(@Nullable String issuer, @Nullable String jwkSetUri, Collection<String> algorithms) {
		IssuerKeyReader reader = new IssuerKeyReader(this.retriever, issuer, jwkSetUri, this.clock);
		IssuerKeys keys = new IssuerKeys(reader, this.executor, this.waiting, this.clock);
		this.made.add(keys);
		return decoder(new JWSVerificationKeySelector<>(parse(algorithms), keys));
	}

	/**
	 * Return what is known of the keys of all decoders.
	 */
	List<KeySets.KeySet> keySets() {
		return this.made.stream().map(IssuerKeys::state).toList();
	}

	void retryKeySets() {
		this.made.forEach(IssuerKeys::retry);
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

}
