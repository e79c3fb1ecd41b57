// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import org.jspecify.annotations.Nullable;

/**
 * One of the places that the dashboard gets its figures from.
 */
interface SummarySource {

	String name();

	Object figure(@Nullable String tenant);

}
