// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * Says that a tool will be there for some time only.
 *
 * @param since since which version of the server clients should use something else
 * @param removal the first day on which the tool is refused, if that is known
 * @param replacedBy the tool to use instead, if there is one
 * @since 0.1.0
 */
public record Sunset(@Nullable String since, @Nullable LocalDate removal, @Nullable String replacedBy) {

}
