// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.Duration;

/**
 * Says that results of a tool are remembered.
 *
 * @param timeToLive for how long
 * @param scope who gets them
 * @param forced whether also of a tool that does not call itself read-only, or has method
 * security of its own
 * @since 0.1.0
 */
public record CacheRule(Duration timeToLive, CacheScope scope, boolean forced) {

}
