// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Duration;

import io.mcpremote.call.TargetKind;
import org.jspecify.annotations.Nullable;

/**
 * How a breaker stands.
 *
 * @param kind what kind of thing it is for
 * @param target its name, or the URI or template of a resource
 * @param state {@code closed}, {@code open}, {@code half-open}, or one that somebody has
 * put it in: {@code forced-open}, {@code disabled}, {@code metrics-only}
 * @param calls how many of the last calls it looks at
 * @param failures how many of those have failed
 * @param refused how many calls it has refused in this state
 * @param retryAfter when it lets calls through again, if it does not now and that is
 * known
 * @since 0.1.0
 */
public record BreakerState(TargetKind kind, String target, String state, int calls, int failures, long refused,
		@Nullable Duration retryAfter) {

}
