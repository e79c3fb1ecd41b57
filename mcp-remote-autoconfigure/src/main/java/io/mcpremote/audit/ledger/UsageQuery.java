// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which calls of tools are counted.
 *
 * @param from the first moment
 * @param to the moment after the last
 * @param tenant of one tenant only
 * @param issuer of users of one issuer only
 * @param user of one user only, or those of the same name if no issuer is given
 * @param tool of one tool only
 * @since 0.1.0
 */
public record UsageQuery(Instant from, Instant to, @Nullable String tenant, @Nullable String issuer,
		@Nullable String user, @Nullable String tool) {

}
