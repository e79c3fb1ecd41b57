// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpremote.security.IssuerKeys.UnavailableException;
import io.mcpremote.security.IssuerKeys.UnknownKeyException;
import io.mcpremote.security.KeySets.KeySet;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Keys are read seldom, nobody waits for them for long, and they survive outages of the
 * issuer for an hour.
 */
class IssuerKeysTests {

	private static final String ISSUER = "https://auth.example.com";

	private static final RSAKey FIRST = TestIssuer.key("first");

	private static final RSAKey SECOND = TestIssuer.key("second");

	private final MutableClock clock = new MutableClock();

	private final AtomicInteger metadataRequests = new AtomicInteger();

	private final AtomicInteger keyRequests = new AtomicInteger();

	private volatile boolean metadataDown;

	private volatile boolean keysDown;

	private volatile String path = "/keys";

	private volatile String document = document(FIRST);

	private volatile Runnable meanwhile = () -> {
	};

	private JwtDecoderFactory factory;

	private JwtDecoder decoder = decoder(Runnable::run);

	@Test
	void decodeWhenKeysAreFreshThenNotReadAgain() {
		decode(FIRST);
		this.keysDown = true;
		this.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
		decode(FIRST);
		assertThat(this.keyRequests).hasValue(1);
	}

	@Test
	void decodeWhenKeysAreNotFreshThenReadAgain() {
		decode(FIRST);
		this.document = document(SECOND);
		this.clock.advance(Duration.ofMinutes(5));
		// Taken back by the issuer
		assertFails(FIRST, UnknownKeyException.class);
		decode(SECOND);
		assertThat(this.keyRequests).hasValue(2);
	}

	@Test
	void decodeWhenIssuerIsDownThenOlderKeysForAnHour() {
		decode(FIRST);
		this.keysDown = true;
		this.clock.advance(Duration.ofMinutes(6));
		decode(FIRST);
		decode(FIRST);
		// Not for each token
		assertThat(this.keyRequests).hasValue(2);
		this.clock.advance(Duration.ofMinutes(54).minusSeconds(1));
		decode(FIRST);
		this.clock.advance(Duration.ofSeconds(1));
		assertFails(FIRST, UnavailableException.class);
		this.keysDown = false;
		this.clock.advance(Duration.ofSeconds(3));
		decode(FIRST);
	}

	@Test
	void decodeWhenKeyIsUnknownThenReadAgainButNotEachTime() {
		decode(FIRST);
		for (int i = 0; i < 5; i++) {
			assertFails(SECOND, UnknownKeyException.class);
		}
		assertThat(this.keyRequests).hasValue(1);
		this.document = document(SECOND);
		this.clock.advance(Duration.ofSeconds(15));
		decode(SECOND);
		assertThat(this.keyRequests).hasValue(2);
	}

	@Test
	void decodeWhenKeyIsUnknownAndIssuerIsDownThenOthersGoOn() {
		decode(FIRST);
		this.keysDown = true;
		this.clock.advance(Duration.ofSeconds(15));
		assertFails(SECOND, UnavailableException.class);
		decode(FIRST);
	}

	@Test
	void decodeWhenMetadataIsDownThenKeysAreWhereTheyWere() {
		decode(FIRST);
		this.metadataDown = true;
		this.document = document(SECOND);
		this.clock.advance(Duration.ofMinutes(5));
		decode(SECOND);
		this.clock.advance(Duration.ofHours(3));
		decode(SECOND);
	}

	@Test
	void decodeWhenKeysAreReadOftenThenMetadataIsNot() {
		for (int i = 0; i < 10; i++) {
			decode(FIRST);
			this.clock.advance(Duration.ofMinutes(5));
		}
		assertThat(this.keyRequests).hasValue(10);
		assertThat(this.metadataRequests).hasValue(1);
	}

	@Test
	void decodeWhenKeysHaveMovedThenFound() {
		decode(FIRST);
		this.path = "/elsewhere";
		this.document = document(SECOND);
		this.clock.advance(Duration.ofMinutes(5));
		decode(FIRST);
		this.clock.advance(Duration.ofSeconds(3));
		decode(SECOND);
	}

	@Test
	void decodeWhenKeysAreGarbageThenUnavailableAndNotUnknown() {
		List<String> garbage = List.of("<html>", "[]", "{\"keys\":7}", "");
		for (String each : garbage) {
			this.document = each;
			assertFails(FIRST, UnavailableException.class);
			this.clock.advance(Duration.ofSeconds(3));
		}
		assertThat(this.keyRequests).hasValue(garbage.size());
		this.document = document(FIRST);
		decode(FIRST);
	}

	@Test
	void decodeWhenManyNeedKeysThenReadOnce() {
		onThreads(() -> {
			Concurrently.run(8, (thread) -> decode(FIRST));
			assertThat(this.keyRequests).hasValue(1);
		});
	}

	@Test
	void decodeWhenKeysAreBeingReadThenOlderOnesMeanwhile() {
		onThreads(() -> {
			decode(FIRST);
			this.clock.advance(Duration.ofMinutes(5));
			CountDownLatch reading = new CountDownLatch(1);
			CountDownLatch decoded = new CountDownLatch(1);
			this.meanwhile = () -> {
				reading.countDown();
				Eventually.until("the others have decoded", decoded);
			};
			Concurrently.run(2, (thread) -> {
				if (thread > 0) {
					Eventually.until("the issuer is asked", reading);
				}
				decode(FIRST);
				if (thread > 0) {
					decoded.countDown();
				}
			});
			assertThat(this.keyRequests).hasValue(2);
		});
	}

	@Test
	void decodeWhenIssuerIsSilentThenOlderKeysAndOtherwiseUnavailable() {
		List<Runnable> tasks = new ArrayList<>();
		this.decoder = decoder(tasks::add);
		assertFails(FIRST, UnavailableException.class);
		assertThat(tasks).hasSize(1);
		// Nobody waits when it has been waited for
		this.clock.advance(Duration.ofSeconds(2));
		assertFails(FIRST, UnavailableException.class);
		assertThat(tasks).hasSize(1);
		tasks.remove(0).run();
		decode(FIRST);
		this.clock.advance(Duration.ofMinutes(6));
		decode(FIRST);
		assertThat(tasks).hasSize(1);
		// It does not come to an end, and another attempt is made
		this.clock.advance(Duration.ofSeconds(30));
		decode(FIRST);
		assertThat(tasks).hasSize(2);
	}

	@Test
	void keySetsThenWhatIsKnownAndNobodyIsAsked() {
		assertThat(this.factory.keySets()).containsExactly(new KeySet(ISSUER, 0, null, false, true));
		decode(FIRST);
		Instant read = this.clock.instant();
		assertThat(this.factory.keySets()).containsExactly(new KeySet(ISSUER, 1, read, false, true));
		this.keysDown = true;
		this.clock.advance(Duration.ofMinutes(6));
		decode(FIRST);
		assertThat(this.factory.keySets()).containsExactly(new KeySet(ISSUER, 1, read, true, true));
		this.clock.advance(Duration.ofMinutes(54));
		assertThat(this.factory.keySets()).containsExactly(new KeySet(ISSUER, 1, read, true, false));
		assertThat(this.keyRequests).hasValue(2);
	}

	@Test
	void retryWhenKeysWereNeverNeededThenReadOnce() {
		this.factory.retryKeySets();
		this.factory.retryKeySets();
		assertThat(this.keyRequests).hasValue(1);
		assertThat(this.factory.keySets()).containsExactly(new KeySet(ISSUER, 1, this.clock.instant(), false, true));
	}

	@Test
	void retryWhenKeysCannotBeReadThenReadAgainButNotEachTime() {
		this.keysDown = true;
		assertFails(FIRST, UnavailableException.class);
		for (int i = 0; i < 10; i++) {
			this.factory.retryKeySets();
		}
		assertThat(this.keyRequests).hasValue(1);
		this.keysDown = false;
		this.clock.advance(Duration.ofSeconds(3));
		this.factory.retryKeySets();
		assertThat(this.factory.keySets()).containsExactly(new KeySet(ISSUER, 1, this.clock.instant(), false, true));
		this.factory.retryKeySets();
		assertThat(this.keyRequests).hasValue(2);
	}

	@Test
	void keySetsWhenUrlHoldsCredentialsThenNotShown() {
		this.factory.create(null, "https://me:secret@keys.example:8443/jwks?token=secret", List.of("RS256"));
		assertThat(this.factory.keySets()).last()
			.extracting(KeySet::issuer)
			.isEqualTo("https://keys.example:8443/jwks");
	}

	private void onThreads(Runnable test) {
		ExecutorService executor = Executors.newCachedThreadPool();
		try {
			this.decoder = decoder(executor);
			test.run();
		}
		finally {
			executor.shutdownNow();
		}
	}

	private JwtDecoder decoder(Executor executor) {
		this.factory = new JwtDecoderFactory((url) -> {
			if (url.getPath().startsWith("/.well-known/")) {
				this.metadataRequests.incrementAndGet();
				return new Resource(
						answer(this.metadataDown,
								"{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"" + ISSUER + this.path + "\"}"),
						"application/json");
			}
			this.keyRequests.incrementAndGet();
			this.meanwhile.run();
			return new Resource(answer(this.keysDown || !url.getPath().equals(this.path), this.document),
					"application/json");
		}, executor, 50, this.clock);
		return this.factory.create(ISSUER, null, List.of("RS256"));
	}

	private static String answer(boolean down, String document) throws IOException {
		if (down) {
			throw new IOException("down");
		}
		return document;
	}

	private void decode(RSAKey key) {
		assertThat(this.decoder.decode(token(key)).getSubject()).isEqualTo("alice");
	}

	private void assertFails(RSAKey key, Class<? extends Exception> cause) {
		assertThatExceptionOfType(JwtException.class).isThrownBy(() -> this.decoder.decode(token(key)))
			.withCauseInstanceOf(cause);
	}

	private static String document(RSAKey key) {
		return new JWKSet(key.toPublicJWK()).toString();
	}

	private static String token(RSAKey key) {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
				new JWTClaimsSet.Builder().subject("alice").build());
		try {
			token.sign(new RSASSASigner(key));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

}
