// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import io.mcpremote.call.ToolException;
import io.mcpremote.input.ExistingId;
import io.mcpremote.policy.ToolPolicy;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/**
 * A tool that costs something, and may be used five times an hour.
 */
@Component
@Validated
class ReportTools {

	private static final int STEPS = 3;

	private final Projects projects;

	private final Contacts contacts;

	private final CurrentUser user;

	ReportTools(Projects projects, Contacts contacts, CurrentUser user) {
		this.projects = projects;
		this.contacts = contacts;
		this.user = user;
	}

	@McpTool(name = "generate_report", description = "Writes a report on a project",
			annotations = @McpTool.McpAnnotations(destructiveHint = false, openWorldHint = false))
	@ToolPolicy(scopes = "write:reports", rateLimit = "5/1h")
	String generate(McpSyncRequestContext context,
			@McpToolParam(description = "Identifier of the project") @ExistingId("projects") String projectId) {
		String tenant = this.user.tenant();
		Progress.report(context, 1, STEPS, "Reading the project");
		Project project = this.projects.find(tenant, projectId)
			.orElseThrow(() -> new ToolException("There is no project " + projectId + "."));
		Progress.report(context, 2, STEPS, "Counting contacts");
		int contacts = this.contacts.count(tenant);
		Progress.report(context, STEPS, STEPS, "Written");
		return """
				# %s

				Budget: %s
				Contacts who may have a say: %d
				""".formatted(project.name(), (project.budget() != null) ? project.budget() : "none yet", contacts);
	}

}
