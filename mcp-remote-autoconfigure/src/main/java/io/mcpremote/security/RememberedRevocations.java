// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.mcpremote.call.AccessRevoked;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Remembers what has been revoked for as long as it could be shown. Nothing is forgotten
 * to make room: it would be accepted again.
 */
final class RememberedRevocations implements Revocations {

	private final Map<Object, Entry> revoked = new ConcurrentHashMap<>();

	// For those who revoke only
	private final ReentrantLock lock = new ReentrantLock();

	private final McpRemoteSecurityProperties properties;

	private final TokenMemory memory;

	private final Supplier<@Nullable ApiKeyRepository> keys;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	/**
	 * Create what remembers revocations.
	 * @param keys where API keys are kept, if they are accepted
	 */
	RememberedRevocations(McpRemoteSecurityProperties properties, TokenMemory memory,
			Supplier<@Nullable ApiKeyRepository> keys, ApplicationEventPublisher events, Clock clock) {
		this.properties = properties;
		this.memory = memory;
		this.keys = keys;
		this.events = events;
		this.clock = clock;
	}

	@Override
	public void revokeToken(String token) {
		TokenDigest digest = TokenDigest.of(token);
		VerifiedToken known = this.memory.known(digest);
		Instant expires = (known != null) ? known.expires() : TokenExpiry.claimed(token);
		remember(digest.content(), retention(expires));
		this.memory.forget(digest);
		this.events.publishEvent(new AccessRevoked.Token());
	}

	@Override
	public void revokeTokenId(@Nullable String issuer, String id) {
		remember(new TokenId(issuer, id), retention(null));
		this.memory.forget(this::isRevoked);
		this.events.publishEvent(new AccessRevoked.Token());
	}

	@Override
	public void revokeKey(String id) {
		remember(new KeyId(id), Instant.MAX);
		this.memory.forget(this::isRevoked);
		this.events.publishEvent(new AccessRevoked.Callers(ApiKeyVerifier.ISSUER, null, id));
	}

	/**
	 * End what was opened with a key that its store refuses already. To be remembered
	 * only until nothing is left that was verified before.
	 */
	void onKeyRevoked(String id) {
		try {
			remember(new KeyId(id), retention(null));
		}
		finally {
			// The key is gone, whether or not this can be remembered
			this.memory.forget((token) -> ApiKeyVerifier.ISSUER.equals(token.issuer()) && id.equals(token.clientId()));
			this.events.publishEvent(new AccessRevoked.Callers(ApiKeyVerifier.ISSUER, null, id));
		}
	}

	@Override
	public void revokeCaller(@Nullable String issuer, String subject) {
		boolean ofKeys = ApiKeyVerifier.ISSUER.equals(issuer);
		try {
			if (ofKeys || issuer == null) {
				revokeKeys(subject);
			}
		}
		finally {
			// Keys that cannot be revoked now are no reason to accept tokens
			if (!ofKeys) {
				remember(new CallerId(issuer, subject), retention(null));
			}
			this.memory.forget(this::isRevoked);
			this.events.publishEvent(new AccessRevoked.Callers(issuer, subject, null));
		}
	}

	/**
	 * Keys that can be revoked one by one are, which is for good and on every replica,
	 * and leaves alone what is minted the moment after.
	 */
	private void revokeKeys(String owner) {
		ApiKeyRepository repository = this.keys.get();
		if (repository instanceof ApiKeyStore store) {
			Instant now = this.clock.instant();
			List<String> live = store.findByOwner(owner)
				.stream()
				.filter((key) -> key.isLive(now))
				.map(ApiKey::id)
				.toList();
			live.forEach(store::revoke);
			live.forEach(this::onKeyRevoked);
		}
		else if (repository != null) {
			// Some keys never expire
			remember(new CallerId(ApiKeyVerifier.ISSUER, owner), Instant.MAX);
		}
	}

	@Override
	public void endSession(String id) {
		this.events.publishEvent(new AccessRevoked.Session(id));
	}

	/**
	 * Return whether a token must not be accepted. On the way of every request, and as
	 * long as nothing is revoked no more than one look.
	 */
	boolean isRevoked(TokenDigest digest, VerifiedToken token) {
		return !this.revoked.isEmpty() && (find(digest.content()) != null || isRevoked(token));
	}

	private boolean isRevoked(VerifiedToken token) {
		String issuer = token.issuer();
		if (token.id() != null
				&& (find(new TokenId(issuer, token.id())) != null || find(new TokenId(null, token.id())) != null)) {
			return true;
		}
		if (ApiKeyVerifier.ISSUER.equals(issuer)) {
			return (token.clientId() != null && find(new KeyId(token.clientId())) != null)
					|| isBefore(token, find(new CallerId(issuer, token.subject())));
		}
		return isBefore(token, find(new CallerId(issuer, token.subject())))
				|| isBefore(token, find(new CallerId(null, token.subject())));
	}

	/**
	 * A token that does not say when it was issued may have been issued before.
	 */
	private boolean isBefore(VerifiedToken token, @Nullable Entry entry) {
		return entry != null && (token.issued() == null
				|| !token.issued().isAfter(entry.revoked().plus(this.properties.clockSkew())));
	}

	private @Nullable Entry find(Object key) {
		Entry entry = this.revoked.get(key);
		return (entry != null && !this.clock.instant().isAfter(entry.until())) ? entry : null;
	}

	private void remember(Object key, Instant until) {
		this.lock.lock();
		try {
			Instant now = this.clock.instant();
			this.revoked.values().removeIf((entry) -> now.isAfter(entry.until()));
			if (this.revoked.size() >= this.properties.revocation().maxEntries() && !this.revoked.containsKey(key)) {
				throw new IllegalStateException(
						"As many revocations as can be remembered (mcp.remote.security.revocation.max-entries)");
			}
			this.revoked.put(key, new Entry(now, until));
		}
		finally {
			this.lock.unlock();
		}
	}

	private Instant retention(@Nullable Instant expires) {
		Instant usual = this.clock.instant().plus(this.properties.revocation().retention());
		if (expires == null) {
			return usual;
		}
		Duration skew = this.properties.clockSkew();
		Instant last = (expires.isBefore(Instant.MAX.minus(skew))) ? expires.plus(skew) : Instant.MAX;
		return (last.isAfter(usual)) ? last : usual;
	}

	private record TokenId(@Nullable String issuer, String id) {

	}

	private record KeyId(String id) {

	}

	private record CallerId(@Nullable String issuer, String subject) {

	}

	private record Entry(Instant revoked, Instant until) {

	}

}
