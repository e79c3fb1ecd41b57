// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.util.function.BooleanSupplier;

import io.mcpremote.call.CallSignal;
import io.mcpremote.call.Caller;
import io.mcpremote.wire.CallerResolver;
import io.mcpremote.wire.Challenges;
import io.mcpremote.wire.RecentCallers;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Takes the caller from what the filter has found. A request that has not been through it
 * is refused, whatever path it came by.
 */
final class TokenCallerResolver implements CallerResolver {

	private final Challenges challenges;

	private final RememberedRevocations revocations;

	private final @Nullable ApiKeyStanding keys;

	private final Clock clock;

	private final @Nullable String tenantClaim;

	// Callers with tokens take turns, unlike those that are known by address only
	private final RecentCallers recent = new RecentCallers(4096);

	/**
	 * Create a resolver.
	 * @param keys knows of API keys, if they are accepted
	 * @param tenantClaim names the tenant of a caller, if there are any
	 */
	TokenCallerResolver(Challenges challenges, RememberedRevocations revocations, @Nullable ApiKeyStanding keys,
			@Nullable String tenantClaim, Clock clock) {
		this.tenantClaim = tenantClaim;
		this.challenges = challenges;
		this.revocations = revocations;
		this.keys = keys;
		this.clock = clock;
	}

	@Override
	public Caller resolve(HttpServletRequest request) {
		RequestCaller found = RequestCaller.of(request);
		if (found == null) {
			throw new CallSignal(this.challenges.unauthenticated());
		}
		if (found.refusal() != null) {
			throw new CallSignal(found.refusal());
		}
		VerifiedToken token = found.token();
		String address = request.getRemoteAddr();
		return this.recent.of(token, address,
				() -> (token != null) ? caller(token, address) : Caller.anonymous(address));
	}

	private Caller caller(VerifiedToken token, String address) {
		String tenant = (this.tenantClaim != null) ? TokenClaims.text(token.authentication(), this.tenantClaim) : null;
		return new Caller(token.subject(), token.issuer(), token.clientId(), address, tenant);
	}

	@Override
	public BooleanSupplier standing(HttpServletRequest request) {
		RequestCaller found = RequestCaller.of(request);
		VerifiedToken token = (found != null) ? found.token() : null;
		TokenDigest digest = (found != null) ? found.digest() : null;
		if (token == null || digest == null) {
			return () -> true;
		}
		return () -> this.clock.instant().isBefore(token.expires()) && !this.revocations.isRevoked(digest, token)
				&& (this.keys == null || this.keys.isGood(token));
	}

}
