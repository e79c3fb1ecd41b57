// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import io.mcpremote.call.TargetKind;
import io.modelcontextprotocol.spec.McpSchema.ListPromptsResult;
import io.modelcontextprotocol.spec.McpSchema.ListResourceTemplatesResult;
import io.modelcontextprotocol.spec.McpSchema.ListResourcesResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * The lists a server has.
 */
enum ListKind {

	TOOLS(TargetKind.TOOL, "tools/list", "tools", (result) -> ((ListToolsResult) result).tools(),
			(entry) -> ((Tool) entry).name()),

	PROMPTS(TargetKind.PROMPT, "prompts/list", "prompts", (result) -> ((ListPromptsResult) result).prompts(),
			(entry) -> ((Prompt) entry).name()),

	RESOURCES(TargetKind.RESOURCE, "resources/list", "resources",
			(result) -> ((ListResourcesResult) result).resources(), (entry) -> ((Resource) entry).uri()),

	TEMPLATES(TargetKind.TEMPLATE, "resources/templates/list", "resourceTemplates",
			(result) -> ((ListResourceTemplatesResult) result).resourceTemplates(),
			(entry) -> ((ResourceTemplate) entry).uriTemplate());

	private final TargetKind target;

	private final String method;

	private final String member;

	private final Function<Object, List<?>> entries;

	private final Function<Object, String> key;

	ListKind(TargetKind target, String method, String member, Function<Object, List<?>> entries,
			Function<Object, String> key) {
		this.target = target;
		this.method = method;
		this.member = member;
		this.entries = entries;
		this.key = key;
	}

	/**
	 * Return what the entries of the list are.
	 */
	TargetKind target() {
		return this.target;
	}

	String method() {
		return this.method;
	}

	String member() {
		return this.member;
	}

	String title() {
		return name().toLowerCase(Locale.ROOT);
	}

	List<?> entriesOf(Object result) {
		return this.entries.apply(result);
	}

	String keyOf(Object entry) {
		return this.key.apply(entry);
	}

	static ListKind of(TargetKind target) {
		return switch (target) {
			case TOOL -> TOOLS;
			case PROMPT -> PROMPTS;
			case RESOURCE -> RESOURCES;
			case TEMPLATE -> TEMPLATES;
		};
	}

	static @Nullable ListKind of(String method) {
		for (ListKind kind : values()) {
			if (kind.method.equals(method)) {
				return kind;
			}
		}
		return null;
	}

}
