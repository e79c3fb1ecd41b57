// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;

import io.mcpremote.call.TargetKind;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Actuator endpoint that shows the server and what applies to everything it offers.
 *
 * @since 0.1.0
 */
@Endpoint(id = "mcp")
public final class McpServerEndpoint {

	private final ServerReport report;

	private final PolicyRows rows;

	McpServerEndpoint(ServerReport report, PolicyRows rows) {
		this.report = report;
		this.rows = rows;
	}

	/**
	 * Return everything.
	 * @return the server and what it offers
	 */
	@ReadOperation
	public Everything mcp() {
		return new Everything(this.report.describe(), this.rows.of(TargetKind.TOOL), this.rows.of(TargetKind.PROMPT),
				this.rows.of(TargetKind.RESOURCE), this.rows.of(TargetKind.TEMPLATE));
	}

	/**
	 * Return one tool.
	 * @param tool the name of the tool
	 * @return the tool, {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable PolicyRow mcpTool(@Selector String tool) {
		return this.rows.of(TargetKind.TOOL, tool);
	}

	/**
	 * The server and what it offers.
	 *
	 * @param server the server as a whole
	 * @param tools its tools
	 * @param prompts its prompts
	 * @param resources its resources
	 * @param templates its families of resources
	 */
	public record Everything(ServerDescription server, List<PolicyRow> tools, List<PolicyRow> prompts,
			List<PolicyRow> resources, List<PolicyRow> templates) {

	}

}
