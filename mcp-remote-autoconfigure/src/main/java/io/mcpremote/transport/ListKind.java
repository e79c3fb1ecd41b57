// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Locale;

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

	TOOLS(TargetKind.TOOL, "tools/list", "tools"),

	PROMPTS(TargetKind.PROMPT, "prompts/list", "prompts"),

	RESOURCES(TargetKind.RESOURCE, "resources/list", "resources"),

	TEMPLATES(TargetKind.TEMPLATE, "resources/templates/list", "resourceTemplates");

	private final TargetKind target;

	private final String method;

	private final String member;

	ListKind(TargetKind target, String method, String member) {
		this.target = target;
		this.method = method;
		this.member = member;
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
		return switch (this) {
			case TOOLS -> ((ListToolsResult) result).tools();
			case PROMPTS -> ((ListPromptsResult) result).prompts();
			case RESOURCES -> ((ListResourcesResult) result).resources();
			case TEMPLATES -> ((ListResourceTemplatesResult) result).resourceTemplates();
		};
	}

	String keyOf(Object entry) {
		return switch (this) {
			case TOOLS -> ((Tool) entry).name();
			case PROMPTS -> ((Prompt) entry).name();
			case RESOURCES -> ((Resource) entry).uri();
			case TEMPLATES -> ((ResourceTemplate) entry).uriTemplate();
		};
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
