// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;

class PropertiesApiKeyRepositoryTests extends AbstractApiKeyRepositoryTests {

	@Override
	protected ApiKeyRepository repository(List<ApiKey> known) {
		return new PropertiesApiKeyRepository(known);
	}

}
