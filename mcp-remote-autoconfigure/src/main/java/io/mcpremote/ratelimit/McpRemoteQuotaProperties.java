// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of what may be used in a day or a month of the calendar.
 *
 * @param user What one user may use.
 * @param tenant What all users of one tenant may use together.
 * @param zone Where days and months begin.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.quota")
public record McpRemoteQuotaProperties(@DefaultValue Quota user, @DefaultValue Quota tenant,
		@DefaultValue("UTC") ZoneId zone) {

	/**
	 * What may be used.
	 *
	 * @param daily Calls in a day; none for any number.
	 * @param monthly Calls in a month; none for any number.
	 */
	public record Quota(@Nullable Long daily, @Nullable Long monthly) {

	}

}
