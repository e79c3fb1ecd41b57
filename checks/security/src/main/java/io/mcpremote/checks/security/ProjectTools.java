// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.transport.InputAnswers;
import io.mcpremote.transport.InputRounds;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Tools over projects, which some may only read.
 */
final class ProjectTools {

	@McpTool(name = "whoami", description = "Tells who calls and with which scopes")
	String whoami() {
		Authentication caller = Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
		TreeSet<String> scopes = new TreeSet<>();
		for (GrantedAuthority authority : caller.getAuthorities()) {
			if (authority.getAuthority() != null && authority.getAuthority().startsWith("SCOPE_")) {
				scopes.add(authority.getAuthority().substring("SCOPE_".length()));
			}
		}
		return caller.getName() + " " + scopes;
	}

	@McpTool(name = "list_projects", description = "Lists the projects")
	@ToolPolicy(scopes = "read:projects")
	String list() {
		return "apollo, gemini";
	}

	@McpTool(name = "rename_project", description = "Gives a project another name")
	@ToolPolicy(scopes = "write:projects")
	String rename() {
		return "renamed";
	}

	@McpTool(name = "publish_project", description = "Changes a project and shows it to everybody")
	@ToolPolicy(scopes = { "write:projects", "publish:projects" })
	String publish() {
		return "published";
	}

	@McpTool(name = "audit_projects", description = "Looks into everybody's projects")
	@ToolPolicy(roles = "auditor")
	String audit() {
		return "nothing found";
	}

	@McpTool(name = "delete_project", description = "Deletes a project once the user says so")
	@ToolPolicy(scopes = "write:projects")
	String delete(McpSyncRequestContext context) {
		InputAnswers answers = InputRounds.of(context)
			.ask((questions) -> questions.elicit("sure",
					ElicitFormRequest
						.builder("Are you sure?",
								Map.of("type", "object", "properties", Map.of("sure", Map.of("type", "boolean"))))
						.build()));
		return answers.elicitation("sure").action() + ", says "
				+ Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication()).getName();
	}

	@McpResource(uri = "projects://list", name = "projects", description = "All projects")
	@ToolPolicy(scopes = "read:projects")
	String projects() {
		return "apollo, gemini";
	}

	@McpPrompt(name = "review", description = "Reviews the projects")
	@ToolPolicy(scopes = "write:projects")
	String review() {
		return "Review all projects.";
	}

}
