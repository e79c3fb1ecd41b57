// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.util.List;

import io.mcpremote.call.Catalog;
import io.mcpremote.policy.InvalidPolicyException;
import io.mcpremote.policy.Policies;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Refuses to start with a question that cannot be put.
 */
final class ConfirmCheck implements SmartInitializingSingleton {

	private final Catalog catalog;

	private final Policies policies;

	ConfirmCheck(Catalog catalog, Policies policies) {
		this.catalog = catalog;
		this.policies = policies;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (Tool tool : this.catalog.tools()) {
			String confirm = this.policies.tool(tool.name()).confirm();
			if (confirm != null) {
				check(tool, confirm);
			}
		}
	}

	private static void check(Tool tool, String confirm) {
		Question question;
		try {
			question = Question.parse(confirm);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(tool, confirm, String.valueOf(ex.getMessage()),
					"Only names of arguments stand in braces, one pair each.");
		}
		for (List<String> path : question.places()) {
			if (!ArgumentPath.exists(tool.inputSchema(), path)) {
				throw invalid(tool, confirm, "there is no argument '" + String.join(".", path) + "'",
						"Its arguments are " + ArgumentPath.names(tool.inputSchema()) + ".");
			}
		}
	}

	private static InvalidPolicyException invalid(Tool tool, String confirm, String reason, String hint) {
		return new InvalidPolicyException(
				"The tool '" + tool.name() + "' has a question in confirm that cannot be put, '" + confirm + "': "
						+ reason + ".",
				hint + " Correct confirm where it stands: in @ToolPolicy beside the tool, under mcp.remote.tools."
						+ tool.name() + " or under mcp.remote.tool-defaults.");
	}

}
