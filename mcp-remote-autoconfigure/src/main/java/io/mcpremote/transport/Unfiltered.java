// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.function.Predicate;

import io.mcpremote.call.CatalogFilter;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.TargetKind;
import org.jspecify.annotations.Nullable;

/**
 * Shows everything to everybody who gets here. Who that is has been decided elsewhere, so
 * nothing counts as public.
 */
final class Unfiltered implements CatalogFilter {

	@Override
	public @Nullable Predicate<String> shown(TargetKind kind, McpCall call) {
		return null;
	}

	@Override
	public Predicate<String> readable(McpCall call) {
		return (uri) -> true;
	}

	@Override
	public boolean isPublic(TargetKind kind, String name) {
		return false;
	}

	@Override
	public boolean isAnythingPublic() {
		return false;
	}

}
