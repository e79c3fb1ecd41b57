// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The keys of an application's configuration, which do not change.
 */
final class PropertiesApiKeyRepository implements ApiKeyRepository {

	private final Map<String, ApiKey> keys;

	PropertiesApiKeyRepository(Collection<ApiKey> keys) {
		this.keys = keys.stream().collect(Collectors.toUnmodifiableMap(ApiKey::id, Function.identity()));
	}

	@Override
	public @Nullable ApiKey findById(String id) {
		return this.keys.get(id);
	}

}
