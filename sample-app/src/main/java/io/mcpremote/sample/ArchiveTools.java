// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.List;

import io.mcpremote.policy.ToolPolicy;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/**
 * A tool that takes its time. It ends when its deadline has passed, or when its client
 * does not want the archive any more: both interrupt its thread.
 */
@Component
@Validated
class ArchiveTools {

	private static final int DEFAULT_SECONDS = 3;

	private final Projects projects;

	private final CurrentUser user;

	ArchiveTools(Projects projects, CurrentUser user) {
		this.projects = projects;
		this.user = user;
	}

	@McpTool(name = "export_archive", description = "Packs all projects into an archive, which takes a while",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false, openWorldHint = false))
	@ToolPolicy(scopes = "read:projects", timeout = "30s")
	String export(McpSyncRequestContext context,
			@McpToolParam(description = "How long it takes, 3 seconds if nothing is said",
					required = false) @Min(0) @Max(600) @Nullable Integer seconds)
			throws InterruptedException {
		List<Project> projects = this.projects.findAll(this.user.tenant());
		int total = (seconds != null) ? seconds : DEFAULT_SECONDS;
		for (int second = 1; second <= total; second++) {
			Thread.sleep(1000);
			Progress.report(context, second, total, "Packing");
		}
		return "The archive has " + projects.size() + " projects.";
	}

}
