// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Remembers verified tokens and bad ones for a while, so that neither calls nor floods of
 * them cost a signature or a request to an issuer each.
 */
final class TokenMemory {

	private final Cache<TokenDigest, Entry> verified;

	private final Cache<TokenDigest, TokenFault> bad;

	private final Cache<TokenDigest, Instant> proven;

	private final Duration timeToLive;

	private final Clock clock;

	TokenMemory(McpRemoteSecurityProperties.Memory properties, Clock clock) {
		Ticker ticker = () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
		this.timeToLive = properties.timeToLive();
		this.clock = clock;
		this.verified = Caffeine.newBuilder()
			.ticker(ticker)
			.executor(Runnable::run)
			.maximumSize(properties.maxTokens())
			.expireAfterWrite(this.timeToLive)
			.build();
		this.bad = Caffeine.newBuilder()
			.ticker(ticker)
			.executor(Runnable::run)
			.maximumSize(properties.maxFaults())
			.expireAfterWrite(this.timeToLive)
			.build();
		this.proven = Caffeine.newBuilder().executor(Runnable::run).maximumSize(properties.maxTokens()).build();
	}

	/**
	 * Return what is known of a token.
	 * @return what it stands for or {@code null}
	 * @throws BadTokenException if it is known to be bad
	 */
	@Nullable VerifiedToken recall(TokenDigest digest) {
		Entry entry = this.verified.getIfPresent(digest);
		if (entry != null && this.clock.instant().isBefore(entry.until())) {
			return entry.token();
		}
		TokenFault fault = this.bad.getIfPresent(digest);
		if (fault != null) {
			throw new BadTokenException(fault);
		}
		return null;
	}

	/**
	 * Return the token if it is remembered, even if it is to be verified again.
	 */
	@Nullable VerifiedToken known(TokenDigest digest) {
		Entry entry = this.verified.getIfPresent(digest);
		return (entry != null) ? entry.token() : null;
	}

	/**
	 * Return whether the token has been found good before, and has not expired. It is to
	 * be verified again, but whoever has it is no stranger.
	 */
	boolean isProven(TokenDigest digest) {
		Instant expires = this.proven.getIfPresent(digest);
		return expires != null && this.clock.instant().isBefore(expires);
	}

	/**
	 * Return whether the token has ever been found good, as far as that is remembered.
	 */
	boolean wasProven(TokenDigest digest) {
		return this.proven.getIfPresent(digest) != null;
	}

	void remember(TokenDigest digest, VerifiedToken token) {
		Instant latest = this.clock.instant().plus(this.timeToLive);
		// An expired token may be used for as long as clocks may differ, but not from
		// memory
		Instant until = (token.expires().isBefore(latest)) ? token.expires() : latest;
		this.verified.put(digest, new Entry(token, until));
		this.proven.put(digest, token.expires());
	}

	void remember(TokenDigest digest, TokenFault fault) {
		this.proven.invalidate(digest);
		if (fault.isLasting()) {
			this.bad.put(digest, fault);
		}
	}

	/**
	 * Forget tokens, which will be verified again.
	 */
	void forget(Predicate<VerifiedToken> tokens) {
		this.verified.asMap().values().removeIf((entry) -> tokens.test(entry.token()));
	}

	void forget(TokenDigest digest) {
		this.verified.invalidate(digest);
		this.bad.invalidate(digest);
		this.proven.invalidate(digest);
	}

	private record Entry(VerifiedToken token, Instant until) {

	}

}
