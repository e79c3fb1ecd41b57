// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.List;

import io.mcpremote.policy.ToolPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.stereotype.Component;

/**
 * A tool that tells callers who they are.
 */
@Component
class WhoAmITool {

	private final CurrentUser user;

	WhoAmITool(CurrentUser user) {
		this.user = user;
	}

	@McpTool(name = "whoami", description = "Tells on whose behalf you call, and what you may do",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false, openWorldHint = false))
	@ToolPolicy(scopes = "read:projects")
	Identity whoami() {
		return new Identity(this.user.name(), this.user.tenant(), this.user.client(), this.user.scopes());
	}

	/**
	 * Who calls.
	 *
	 * @param subject the user, or the client if there is none
	 * @param tenant the organisation
	 * @param client the application that the user has signed in to
	 * @param scopes what the token allows
	 */
	record Identity(@Nullable String subject, @Nullable String tenant, @Nullable String client, List<String> scopes) {

	}

}
