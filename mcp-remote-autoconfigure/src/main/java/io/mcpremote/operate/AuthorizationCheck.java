// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.StartupException;
import io.mcpremote.policy.Policies;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure, before the first client comes, that somebody decides who may do what. A
 * token that is verified says who calls and no more.
 */
final class AuthorizationCheck {

	private final CallPipeline pipeline;

	private final @Nullable Policies policies;

	AuthorizationCheck(CallPipeline pipeline, @Nullable Policies policies) {
		this.pipeline = pipeline;
		this.policies = policies;
	}

	void run() {
		boolean guarded = this.pipeline.guards().stream().anyMatch((guard) -> guard.stage() == CallStage.AUTHORIZE);
		if (this.policies == null) {
			throw refusal("there are no policies", "McpRemotePolicyAutoConfiguration");
		}
		if (!guarded) {
			throw refusal("no guard stands at the stage AUTHORIZE", "McpRemoteAuthorizationAutoConfiguration");
		}
	}

	private static StartupException refusal(String reason, String missing) {
		return new StartupException(
				"The MCP endpoint would authenticate callers and then let them do everything: " + reason
						+ ", so neither @ToolPolicy nor mcp.remote.tools, prompts and resources would be enforced.",
				"Do not exclude " + missing
						+ " (spring.autoconfigure.exclude), or set mcp.remote.security.enabled=false to serve everybody"
						+ " who can reach the endpoint.");
	}

}
