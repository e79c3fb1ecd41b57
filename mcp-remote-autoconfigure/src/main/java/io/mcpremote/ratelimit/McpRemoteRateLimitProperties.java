// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import io.mcpremote.policy.Rate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of what callers may ask for.
 *
 * @param enabled Whether calls are limited, by these limits, by those of tools and by
 * quotas.
 * @param preset Limits that apply where no others are set.
 * @param session How much one session may ask for, or one client of a user without
 * sessions.
 * @param user How much one user may ask for, with all clients and sessions together.
 * @param apiKey How much may be asked for with one API key; takes the place of the user's
 * limit.
 * @param address How much may be asked for from one network address without a token.
 * @param tenant How much all users of one tenant may ask for together.
 * @param maxEntries Of how many callers windows are kept in memory at each level.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.rate-limit")
public record McpRemoteRateLimitProperties(@DefaultValue("true") boolean enabled, @DefaultValue("agents") Preset preset,
		@Nullable Rate session, @Nullable Rate user, @Nullable Rate apiKey, @Nullable Rate address,
		@Nullable Rate tenant, @DefaultValue("100000") int maxEntries) {

	/**
	 * Limits that go well together.
	 */
	public enum Preset {

		/**
		 * For agents that work: 60 calls a minute per session, 300 per user.
		 */
		AGENTS,

		/**
		 * For documentation that everybody may read: 40 calls an hour per user, 60 a
		 * minute per API key.
		 */
		PUBLIC_DOCS

	}

}
