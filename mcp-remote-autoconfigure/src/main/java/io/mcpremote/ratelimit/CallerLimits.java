// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.ArrayList;
import java.util.List;

import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;

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

	List<Limit> of(McpCall call) {
		Caller caller = call.caller();
		List<Limit> limits = new ArrayList<>(4);
		if (caller.isAnonymous()) {
			limits.add(new Limit("address", NetworkAddress.prefix(caller.address()), this.rates.address()));
			return limits;
		}
		if (this.rates.session() != null) {
			String session = (call.sessionId() != null) ? call.sessionId() : caller.ownerKey();
			limits.add(new Limit("session", session, this.rates.session()));
		}
		if (caller.isApiKey() && caller.clientId() != null) {
			limits.add(new Limit("api-key", caller.clientId(), this.rates.apiKey()));
		}
		else {
			limits.add(new Limit("user", caller.userKey(), this.rates.user()));
		}
		if (caller.tenant() != null && this.rates.tenant() != null) {
			limits.add(new Limit("tenant", caller.tenant(), this.rates.tenant()));
		}
		this.quotas.addTo(limits, caller);
		return limits;
	}

}
