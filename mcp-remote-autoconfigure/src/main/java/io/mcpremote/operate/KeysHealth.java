// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.security.KeySets;
import io.mcpremote.security.KeySets.KeySet;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says whether access tokens can be verified, from the last time that keys were read.
 * Asks no issuer, but has keys read again that could not be.
 */
final class KeysHealth extends AbstractHealthIndicator {

	private final List<KeySets> keys;

	KeysHealth(List<KeySets> keys) {
		super("Whether the keys of issuers can be read could not be found out");
		this.keys = keys;
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		List<KeySet> sets = this.keys.stream().flatMap((source) -> source.keySets().stream()).toList();
		health.withDetail("keySets", sets.stream().map(KeysHealth::shown).toList());
		if (sets.stream().anyMatch((set) -> set.failing() || set.read() == null)) {
			// Nobody else may ask for them while no calls come
			this.keys.forEach(KeySets::retry);
		}
		if (!sets.isEmpty() && sets.stream().noneMatch(KeySet::usable)) {
			health.outOfService().withDetail("reason", "the keys of no issuer can be read, which is in the log");
		}
		else if (sets.stream().allMatch((set) -> set.read() == null)) {
			health.unknown();
		}
		else {
			health.up();
		}
	}

	private static Map<String, Object> shown(KeySet set) {
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("issuer", set.issuer());
		shown.put("read", set.read() != null);
		shown.put("failing", set.failing());
		shown.put("usable", set.usable());
		return shown;
	}

}
