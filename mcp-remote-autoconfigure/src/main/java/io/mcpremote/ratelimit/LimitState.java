// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Duration;

/**
 * What there is left of a limit.
 *
 * @param limit the limit
 * @param exceeded whether less was left than a call wanted to take
 * @param remaining what is left in this window
 * @param reset when the window ends
 * @since 0.1.0
 */
public record LimitState(Limit limit, boolean exceeded, long remaining, Duration reset) {

}
