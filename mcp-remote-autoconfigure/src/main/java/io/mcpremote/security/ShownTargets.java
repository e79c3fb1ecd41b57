// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.function.Predicate;

import io.mcpremote.call.Catalog;
import io.mcpremote.call.CatalogFilter;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.TargetKind;
import io.mcpremote.security.AccessRules.Verdict;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Shows callers what they may use, and unless that is to be hidden, what they could use
 * with another token. What they listen to they hear of as long as they may read it.
 */
final class ShownTargets implements CatalogFilter {

	private final AccessRules rules;

	private final Catalog catalog;

	ShownTargets(AccessRules rules, Catalog catalog) {
		this.rules = rules;
		this.catalog = catalog;
	}

	@Override
	public @Nullable Predicate<String> shown(TargetKind kind, McpCall call) {
		Authentication caller = CurrentAuthentication.get();
		if (caller != null && this.rules.isEverythingKnown()) {
			return null;
		}
		return (name) -> switch (judge(caller, call, kind, name)) {
			case ALLOWED -> true;
			case TOKEN_MISSING, SCOPE_MISSING -> !this.rules.isHiding();
			case DENIED -> false;
		};
	}

	@Override
	public Predicate<String> readable(McpCall call) {
		Authentication caller = CurrentAuthentication.get();
		return (uri) -> {
			String entry = this.catalog.entry(TargetKind.RESOURCE, uri);
			return entry != null && this.rules.judge(caller, call, TargetKind.RESOURCE, uri,
					this.rules.policy(TargetKind.RESOURCE, uri, entry)) == Verdict.ALLOWED;
		};
	}

	@Override
	public boolean isPublic(TargetKind kind, String name) {
		return this.rules.policy(kind, name, name).isPublic();
	}

	@Override
	public boolean isAnythingPublic() {
		return this.rules.isAnythingPublic();
	}

	private Verdict judge(@Nullable Authentication caller, McpCall call, TargetKind kind, String name) {
		return this.rules.judge(caller, call, kind, name, this.rules.policy(kind, name, name));
	}

}
