// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import org.jspecify.annotations.Nullable;

/**
 * Tells names of tools from what clients make up, before anybody has limited who asks:
 * names that are not there have the tools looked for once a second at most.
 */
final class ToolNames {

	private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

	private final AtomicReference<@Nullable Read> last = new AtomicReference<>();

	private final Catalog catalog;

	private final LongSupplier ticker;

	ToolNames(Catalog catalog, LongSupplier ticker) {
		this.catalog = catalog;
		this.ticker = ticker;
	}

	boolean isTool(@Nullable String name) {
		if (name == null) {
			return false;
		}
		Read read = this.last.get();
		if (read != null && read.names().contains(name)) {
			return true;
		}
		long now = this.ticker.getAsLong();
		if (read != null && now - read.at() < FRESH) {
			return false;
		}
		Read next = new Read(names(), now);
		this.last.compareAndSet(read, next);
		return next.names().contains(name);
	}

	private Set<String> names() {
		try {
			return Set.copyOf(this.catalog.names(TargetKind.TOOL));
		}
		catch (RuntimeException ex) {
			// No reason not to have the call
			return Set.of();
		}
	}

	private record Read(Set<String> names, long at) {

	}

}
