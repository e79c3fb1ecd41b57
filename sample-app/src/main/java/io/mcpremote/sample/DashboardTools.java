// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.mcpremote.policy.ToolPolicy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * A tool that asks several places at once and makes do with those that answer.
 */
@Component
class DashboardTools {

	private static final Log logger = LogFactory.getLog(DashboardTools.class);

	private static final int SECONDS = 2;

	private final List<SummarySource> sources;

	private final Executor executor;

	private final CurrentUser user;

	DashboardTools(List<SummarySource> sources, @Qualifier("applicationTaskExecutor") Executor executor,
			CurrentUser user) {
		this.sources = sources;
		this.executor = executor;
		this.user = user;
	}

	@McpTool(name = "dashboard_summary", description = "Figures on all projects at a glance",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false, openWorldHint = false))
	@ToolPolicy(scopes = "read:projects")
	Map<String, Object> summary() {
		// Known on this thread only
		String tenant = this.user.tenant();
		Map<String, CompletableFuture<Object>> asked = new LinkedHashMap<>();
		this.sources.forEach((source) -> asked.put(source.name(), ask(source, tenant)));
		Map<String, Object> summary = new LinkedHashMap<>();
		asked.forEach((name, figure) -> summary.put(name, figure.join()));
		return summary;
	}

	private CompletableFuture<Object> ask(SummarySource source, @Nullable String tenant) {
		return CompletableFuture.supplyAsync(() -> source.figure(tenant), this.executor)
			.orTimeout(SECONDS, TimeUnit.SECONDS)
			.exceptionally((ex) -> {
				logger.warn("No figure from '" + source.name() + "'", ex);
				return "not available";
			});
	}

}
