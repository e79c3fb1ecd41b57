// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.math.BigDecimal;
import java.util.List;

import io.mcpremote.call.ToolException;
import io.mcpremote.input.ExistingId;
import io.mcpremote.policy.ToolPolicy;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/**
 * Tools that show and change projects.
 */
@Component
@Validated
class ProjectTools {

	private final Projects projects;

	private final CurrentUser user;

	ProjectTools(Projects projects, CurrentUser user) {
		this.projects = projects;
		this.user = user;
	}

	@McpTool(name = "list_projects", description = "Lists all projects",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false, openWorldHint = false))
	@ToolPolicy(scopes = "read:projects", cache = @ToolPolicy.Cache(timeToLive = "30s"))
	List<Project> list() {
		return this.projects.findAll(this.user.tenant());
	}

	@McpTool(name = "get_project", description = "Shows one project",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false, openWorldHint = false))
	@ToolPolicy(scopes = "read:projects")
	Project get(@McpToolParam(description = "Identifier of the project") String id) {
		return this.projects.find(this.user.tenant(), id).orElseThrow(() -> unknown(id));
	}

	@McpTool(name = "create_project", description = "Creates a project",
			annotations = @McpTool.McpAnnotations(destructiveHint = false, openWorldHint = false))
	@ToolPolicy(scopes = "write:projects", invalidates = "list_projects")
	Project create(@McpToolParam(description = "Name of the project") @NotBlank @Size(max = 200) String name,
			@McpToolParam(description = "What it may cost", required = false) @PositiveOrZero @Digits(integer = 10,
					fraction = 2) @Nullable BigDecimal budget) {
		String tenant = this.user.tenant();
		if (tenant == null) {
			throw new ToolException("You belong to no organisation that could have projects.");
		}
		return this.projects.create(tenant, name, budget);
	}

	@McpTool(name = "delete_project", description = "Deletes a project with everything in it",
			annotations = @McpTool.McpAnnotations(destructiveHint = true, openWorldHint = false))
	@ToolPolicy(scopes = "write:projects", confirm = "Delete project {id}?", invalidates = "list_projects")
	String delete(@McpToolParam(description = "Identifier of the project") @ExistingId("projects") String id) {
		if (!this.projects.delete(this.user.tenant(), id)) {
			throw unknown(id);
		}
		return "Project " + id + " is deleted.";
	}

	private static ToolException unknown(String id) {
		return new ToolException("There is no project " + id + ".");
	}

}
