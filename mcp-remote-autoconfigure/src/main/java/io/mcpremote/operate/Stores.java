// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Map;
import java.util.TreeMap;

import io.mcpremote.cache.ResultStore;
import io.mcpremote.idempotency.IdempotencyStore;
import io.mcpremote.ratelimit.LimitStore;
import io.mcpremote.security.ApiKeyRepository;
import io.mcpremote.security.UsedProofs;
import io.mcpremote.session.SessionStore;
import io.mcpremote.transport.UsedStates;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Says where state is kept.
 */
final class Stores {

	private static final Map<String, Class<?>> TYPES = Map.of("results", ResultStore.class, "repeated calls",
			IdempotencyStore.class, "limits", LimitStore.class, "API keys", ApiKeyRepository.class, "used proofs",
			UsedProofs.class, "sessions", SessionStore.class, "used request states", UsedStates.class);

	private final ListableBeanFactory beans;

	Stores(ListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Return the kinds of stores by what they hold.
	 */
	Map<String, String> kinds() {
		Map<String, String> kinds = new TreeMap<>();
		for (Map.Entry<String, Class<?>> kind : TYPES.entrySet()) {
			for (Object store : this.beans.getBeanProvider(kind.getValue())) {
				kinds.putIfAbsent(kind.getKey(), kind(ClassUtils.getUserClass(store).getSimpleName()));
			}
		}
		return kinds;
	}

	/**
	 * Ours are told apart by how they begin; an application's own by its name.
	 */
	private static String kind(String type) {
		if (type.startsWith("InMemory")) {
			return "memory";
		}
		if (type.startsWith("Properties")) {
			return "configuration";
		}
		return (type.isEmpty()) ? "the application's own" : type;
	}

}
