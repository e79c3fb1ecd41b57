// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.stream.Collectors;

import io.mcpremote.policy.ToolPolicy;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.stereotype.Component;

/**
 * Projects to read, and to talk about.
 */
@Component
class ProjectContent {

	private final Projects projects;

	private final CurrentUser user;

	ProjectContent(Projects projects, CurrentUser user) {
		this.projects = projects;
		this.user = user;
	}

	@McpResource(uri = "project://{id}", name = "project", description = "A project in words",
			mimeType = "text/markdown")
	@ToolPolicy(scopes = "read:projects")
	String project(String id) {
		return this.projects.find(this.user.tenant(), id)
			.map(ProjectContent::describe)
			.orElseThrow(() -> McpError.RESOURCE_NOT_FOUND.apply("project://" + id));
	}

	@McpPrompt(name = "weekly_status", description = "Writes the weekly status of all projects")
	@ToolPolicy(scopes = "read:projects")
	PromptMessage weeklyStatus() {
		String projects = this.projects.findAll(this.user.tenant())
			.stream()
			.map(ProjectContent::describe)
			.collect(Collectors.joining("\n"));
		// Of a string alone Spring AI would make something that the assistant has said
		TextContent text = TextContent
			.builder("Write this week's status of our projects, one paragraph for each:\n\n" + projects)
			.build();
		return PromptMessage.builder(Role.USER, text).build();
	}

	private static String describe(Project project) {
		String budget = (project.budget() != null) ? "budget " + project.budget() : "no budget yet";
		return "- %s (%s): %s".formatted(project.name(), project.id(), budget);
	}

}
