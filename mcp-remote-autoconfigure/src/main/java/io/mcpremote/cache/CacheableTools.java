// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.ToolCatalog;
import io.mcpremote.policy.AnnotatedTargets;
import io.mcpremote.policy.CacheRule;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;

/**
 * Knows of which tools results can be given again. A tool that takes the place of another
 * begins without any.
 */
final class CacheableTools {

	private static final int MAX_TOOLS = 10_000;

	private final Map<String, Known> known = new ConcurrentHashMap<>();

	private final ToolCatalog tools;

	private final AnnotatedTargets targets;

	private final ResultCache cache;

	CacheableTools(ToolCatalog tools, AnnotatedTargets targets, ResultCache cache) {
		this.tools = tools;
		this.targets = targets;
		this.cache = cache;
	}

	boolean allow(String name, CacheRule rule, CallContext context) {
		Tool tool = this.tools.find(name, context);
		if (tool == null) {
			return false;
		}
		Known found = this.known.get(name);
		if (found == null || found.tool() != tool) {
			found = learn(tool);
		}
		return rule.forced() || (found.readOnly() && !found.secured());
	}

	/**
	 * Return whether a tool says that it only reads.
	 */
	static boolean isReadOnly(Tool tool) {
		ToolAnnotations annotations = tool.annotations();
		return annotations != null && Boolean.TRUE.equals(annotations.readOnlyHint());
	}

	private Known learn(Tool tool) {
		if (this.known.size() >= MAX_TOOLS) {
			this.known.clear();
		}
		Known learned = new Known(tool, isReadOnly(tool), this.targets.isSecured(tool.name()));
		Known before = this.known.put(tool.name(), learned);
		if (before != null && before.tool() != tool) {
			this.cache.invalidateTool(tool.name());
		}
		return learned;
	}

	private record Known(Tool tool, boolean readOnly, boolean secured) {

	}

}
