// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.ArrayList;
import java.util.List;

import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.NetworkAddress;

/**
 * Knows the limits of whoever makes a call. What a client says of itself plays no part.
 */
final class CallerLimits {

	private final CallerRates rates;

	private final Quotas quotas;

	CallerLimits(CallerRates rates, Quotas quotas) {
		this.rates = rates;
		this.quotas = quotas;
	}

	/**
	 * Return the limits of the caller, of each of which a call takes one.
	 */
	List<Limit> of(McpCall call) {
		Caller caller = call.caller();
		if (call.sessionId() != null || this.quotas.any()) {
			return limits(call, caller);
		}
		// They are the same for all calls
		Kept kept = caller.kept(this, Kept.class);
		if (kept == null) {
			kept = new Kept(List.copyOf(limits(call, caller)));
			caller.keep(this, kept);
		}
		return kept.limits();
	}

	private List<Limit> limits(McpCall call, Caller caller) {
		if (caller.isAnonymous()) {
			return List.of(new Limit("address", NetworkAddress.subscriber(caller.address()),
					NetworkAddress.provider(caller.address()), this.rates.address(), 1, false));
		}
		List<Limit> limits = new ArrayList<>(4);
		if (this.rates.session() != null) {
			String session = (call.sessionId() != null) ? call.sessionId() : caller.ownerKey();
			limits.add(new Limit("session", session, this.rates.session(), 1));
		}
		if (caller.isApiKey() && caller.clientId() != null) {
			limits.add(new Limit("api-key", caller.clientId(), this.rates.apiKey(), 1));
		}
		else {
			limits.add(new Limit("user", caller.userKey(), this.rates.user(), 1));
		}
		if (caller.tenant() != null && this.rates.tenant() != null) {
			limits.add(new Limit("tenant", tenant(caller), this.rates.tenant(), 1));
		}
		this.quotas.addTo(limits, caller);
		return limits;
	}

	/**
	 * Two issuers may have tenants of the same name.
	 */
	static String tenant(Caller caller) {
		return caller.issuer() + " " + caller.tenant();
	}

	private record Kept(List<Limit> limits) {

	}

}
