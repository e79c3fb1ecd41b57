// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import org.jspecify.annotations.Nullable;

/**
 * What the server offers, as of a second ago at most: a scrape asks about each of many
 * names.
 */
final class OfferedNames {

	private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

	private final Map<TargetKind, Read> reads = new ConcurrentHashMap<>();

	private final Catalog catalog;

	private final LongSupplier ticker;

	OfferedNames(Catalog catalog, LongSupplier ticker) {
		this.catalog = catalog;
		this.ticker = ticker;
	}

	boolean contains(TargetKind kind, String name) {
		long now = this.ticker.getAsLong();
		@Nullable Read read = this.reads.get(kind);
		if (read == null || now - read.at() > FRESH) {
			read = new Read(Set.copyOf(this.catalog.names(kind)), now);
			this.reads.put(kind, read);
		}
		return read.names().contains(name);
	}

	private record Read(Set<String> names, long at) {

	}

}
