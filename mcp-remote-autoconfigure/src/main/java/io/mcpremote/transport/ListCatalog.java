// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.mcpremote.call.CallSignal;
import io.mcpremote.call.Refusals;
import io.mcpremote.wire.JsonRpcWriter;
import io.mcpremote.wire.RawJson;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * The lists of one kind: ordered by name, in pages, each entry serialised once. Follows
 * what is added and removed while the application runs.
 */
final class ListCatalog {

	private static final Log logger = LogFactory.getLog(ListCatalog.class);

	private final ListKind kind;

	private final JsonRpcWriter json;

	private final int pageSize;

	private final UnaryOperator<Object> look;

	private volatile long foundVersion = Long.MIN_VALUE;

	private volatile Snapshot snapshot = new Snapshot(List.of(), List.of(), Map.of());

	ListCatalog(ListKind kind, JsonRpcWriter json, int pageSize) {
		this(kind, json, pageSize, UnaryOperator.identity());
	}

	/**
	 * Create the lists.
	 * @param look what an entry looks like in them
	 */
	ListCatalog(ListKind kind, JsonRpcWriter json, int pageSize, UnaryOperator<Object> look) {
		this.kind = kind;
		this.json = json;
		this.pageSize = pageSize;
		this.look = look;
	}

	/**
	 * Return one page.
	 * @param current what the server has now
	 * @param cursor where the page begins, {@code null} or empty for the first
	 * @param shown tells by key what the page shows, {@code null} if it shows everything
	 * @return the page as a JSON object
	 */
	RawJson page(List<?> current, @Nullable String cursor, @Nullable Predicate<String> shown) {
		List<Entry> entries = refresh(current).sorted();
		int start = start(entries, cursor);
		if (shown != null) {
			entries = shown(entries, start, shown);
			start = 0;
		}
		return page(entries, start, Math.min(entries.size(), start + this.pageSize));
	}

	/**
	 * Return what is shown of some entries: a page of it, and one more if there is one.
	 */
	private List<Entry> shown(List<Entry> entries, int start, Predicate<String> shown) {
		return entries.subList(start, entries.size())
			.stream()
			.filter((entry) -> shown.test(entry.key()))
			.limit(this.pageSize + 1L)
			.toList();
	}

	private RawJson page(List<Entry> entries, int from, int to) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
		out.writeBytes(("{\"" + this.kind.member() + "\":[").getBytes(StandardCharsets.US_ASCII));
		for (int i = from; i < to; i++) {
			if (i > from) {
				out.write(',');
			}
			out.writeBytes(entries.get(i).json().get());
		}
		out.write(']');
		if (to < entries.size()) {
			out.writeBytes((",\"nextCursor\":\"" + cursorAfter(entries.get(to - 1)) + "\"")
				.getBytes(StandardCharsets.US_ASCII));
		}
		out.write('}');
		return new RawJson(out.toByteArray());
	}

	/**
	 * Find an entry.
	 * @param key its name
	 * @param version changes whenever the server says that its lists have changed
	 * @param current what the server has now, asked for only if something may have
	 * changed
	 * @return the entry or {@code null}
	 */
	@Nullable Entry find(String key, long version, Supplier<List<?>> current) {
		Entry known = (version == this.foundVersion) ? this.snapshot.byKey().get(key) : null;
		if (known != null) {
			return known;
		}
		Entry found = refresh(current.get()).byKey().get(key);
		this.foundVersion = version;
		return found;
	}

	/**
	 * Take over what the server has now.
	 */
	Snapshot refresh(List<?> current) {
		Snapshot known = this.snapshot;
		if (same(known.source(), current)) {
			return known;
		}
		Map<String, Entry> byKey = new HashMap<>();
		for (Object item : current) {
			String key = this.kind.keyOf(item);
			Entry before = known.byKey().get(key);
			byKey.put(key, (before != null && before.item() == item) ? before : entry(key, item));
		}
		List<Entry> sorted = new ArrayList<>(byKey.values());
		sorted.sort(Comparator.comparing(Entry::key));
		Snapshot fresh = new Snapshot(List.copyOf(current), List.copyOf(sorted), Map.copyOf(byKey));
		this.snapshot = fresh;
		return fresh;
	}

	private Entry entry(String key, Object item) {
		ParamHeaders headers = ParamHeaders.of(null);
		if (item instanceof Tool tool) {
			try {
				headers = ParamHeaders.of(tool.inputSchema());
			}
			catch (IllegalArgumentException ex) {
				logger.warn("Clients will not use the tool '" + key + "': " + ex.getMessage());
			}
		}
		return new Entry(key, item, SingletonSupplier.of(() -> this.json.json(this.look.apply(item))), headers);
	}

	private int start(List<Entry> entries, @Nullable String cursor) {
		if (cursor == null || cursor.isEmpty()) {
			return 0;
		}
		String after = decoded(cursor);
		int low = 0;
		int high = entries.size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (entries.get(middle).key().compareTo(after) <= 0) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	private String cursorAfter(Entry entry) {
		String text = this.kind.member() + ":" + entry.key();
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private String decoded(String cursor) {
		String prefix = this.kind.member() + ":";
		try {
			String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
			if (text.startsWith(prefix)) {
				return text.substring(prefix.length());
			}
		}
		catch (IllegalArgumentException ex) {
			logger.trace("Not a cursor", ex);
		}
		throw new CallSignal(Refusals.invalidParams("the cursor is none that this list gave out"));
	}

	private static boolean same(List<?> known, List<?> current) {
		if (known.size() != current.size()) {
			return false;
		}
		for (int i = 0; i < known.size(); i++) {
			if (known.get(i) != current.get(i)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * What the server had at some time.
	 *
	 * @param source as it came from the server
	 * @param sorted its entries by name
	 * @param byKey its entries by key
	 */
	record Snapshot(List<?> source, List<Entry> sorted, Map<String, Entry> byKey) {

	}

	/**
	 * One entry of a list.
	 *
	 * @param key its name
	 * @param item the entry itself
	 * @param json the entry as JSON, made when it is listed for the first time
	 * @param paramHeaders the headers that repeat its arguments, for tools
	 */
	record Entry(String key, Object item, Supplier<byte[]> json, ParamHeaders paramHeaders) {

	}

}
