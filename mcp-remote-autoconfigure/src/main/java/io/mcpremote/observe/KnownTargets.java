// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Map;
import java.util.Set;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CalledEntry;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.TargetKind;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the server has from what clients make up. Only the former gets a name of its
 * own in meters and spans.
 */
final class KnownTargets {

	/**
	 * Stands for everything that clients make up.
	 */
	static final String UNKNOWN = "_unknown_";

	private static final Set<String> METHODS = Set.of("completion/complete", "initialize", "logging/setLevel", "ping",
			"prompts/get", "prompts/list", "resources/list", "resources/read", "resources/subscribe",
			"resources/templates/list", "resources/unsubscribe", "server/discover", "stream/open",
			"subscriptions/listen", "tools/call", "tools/list");

	private final Catalog catalog;

	private final OfferedNames offered;

	private final Map<TargetKind, BoundedNames> names;

	KnownTargets(Catalog catalog, int max) {
		this.catalog = catalog;
		this.offered = new OfferedNames(catalog, System::nanoTime);
		this.names = Map.of(TargetKind.TOOL, new BoundedNames(max), TargetKind.PROMPT, new BoundedNames(max),
				TargetKind.RESOURCE, new BoundedNames(max));
	}

	/**
	 * Return the name of a method.
	 */
	static String method(String method) {
		return (METHODS.contains(method)) ? method : UNKNOWN;
	}

	/**
	 * Return the name of a target that has been met before. Looks nowhere else: whoever
	 * calls has not been limited yet.
	 */
	String known(TargetKind kind, @Nullable String target) {
		return (target != null && names(kind).isKnown(target)) ? target : UNKNOWN;
	}

	/**
	 * Return the name of a target, which is looked for if it has not been met before.
	 */
	String find(TargetKind kind, @Nullable String target) {
		String entry = (target != null) ? this.catalog.entry(kind, target) : null;
		return (entry != null) ? use(kind, entry) : UNKNOWN;
	}

	/**
	 * Return the name of what a call that has ended was about.
	 */
	String called(TargetKind kind, McpCall call, CallContext context, CallOutcome outcome) {
		String entry = CalledEntry.of(call, context, outcome, this.catalog);
		return (entry != null) ? use(kind, entry) : UNKNOWN;
	}

	/**
	 * Return under which name something is counted that is known to exist, or to have
	 * existed.
	 */
	String use(TargetKind kind, String name) {
		return names(kind).use(name);
	}

	/**
	 * Return whether something is still there, or was a second ago.
	 */
	boolean exists(TargetKind kind, String name) {
		return kind == TargetKind.RESOURCE || this.offered.contains(kind, name);
	}

	@SuppressWarnings("NullAway") // Templates are found as resources
	private BoundedNames names(TargetKind kind) {
		return this.names.get((kind == TargetKind.TEMPLATE) ? TargetKind.RESOURCE : kind);
	}

}
