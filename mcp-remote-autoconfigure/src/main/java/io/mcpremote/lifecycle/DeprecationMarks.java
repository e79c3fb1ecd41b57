// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import io.mcpremote.call.CatalogDecorator;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.Sunset;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * Says of deprecated tools in lists that they are, to models in the description and to
 * programs in the metadata, and lists none that has been removed.
 */
final class DeprecationMarks implements CatalogDecorator {

	private static final String META = "io.mcpremote/deprecated";

	private final Policies policies;

	private final Clock clock;

	DeprecationMarks(Policies policies, Clock clock) {
		this.policies = policies;
		this.clock = clock;
	}

	@Override
	public Tool decorated(Tool tool) {
		Sunset sunset = this.policies.tool(tool.name()).sunset();
		if (sunset == null) {
			return tool;
		}
		String description = (tool.description() != null) ? " " + tool.description() : "";
		return new Tool(tool.name(), tool.title(), told(sunset) + description, tool.inputSchema(), tool.outputSchema(),
				tool.annotations(), meta(tool, sunset), tool.icons());
	}

	@Override
	public @Nullable Predicate<String> listed() {
		LocalDate first = this.policies.firstRemoval();
		if (first == null) {
			return null;
		}
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		return (today.isBefore(first)) ? null : (name) -> {
			Sunset sunset = this.policies.tool(name).sunset();
			return sunset == null || !SunsetGuard.isRemoved(sunset, today);
		};
	}

	private static String told(Sunset sunset) {
		StringBuilder told = new StringBuilder("Deprecated");
		if (sunset.since() != null) {
			told.append(" since ").append(sunset.since());
		}
		if (sunset.removal() != null) {
			told.append(", to be removed on ").append(sunset.removal());
		}
		told.append('.');
		if (sunset.replacedBy() != null) {
			told.append(" Use '").append(sunset.replacedBy()).append("' instead.");
		}
		return told.toString();
	}

	private static Map<String, Object> meta(Tool tool, Sunset sunset) {
		Map<String, Object> mark = new LinkedHashMap<>();
		if (sunset.since() != null) {
			mark.put("since", sunset.since());
		}
		if (sunset.removal() != null) {
			mark.put("removal", sunset.removal().toString());
		}
		if (sunset.replacedBy() != null) {
			mark.put("replacedBy", sunset.replacedBy());
		}
		Map<String, Object> meta = new LinkedHashMap<>((tool.meta() != null) ? tool.meta() : Map.of());
		meta.put(META, mark);
		return meta;
	}

}
