// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.List;

import io.mcpremote.policy.Deprecation;
import io.mcpremote.policy.ToolPolicy;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/**
 * Tools that find people, of which one is on its way out.
 */
@Component
@Validated
class ContactTools {

	private static final int DEFAULT_LIMIT = 20;

	private final Contacts contacts;

	private final CurrentUser user;

	ContactTools(Contacts contacts, CurrentUser user) {
		this.contacts = contacts;
		this.user = user;
	}

	@McpTool(name = "search_contacts", description = "Finds contacts by name",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false, openWorldHint = false))
	@ToolPolicy(scopes = "read:contacts", deprecated = @Deprecation(since = "1.1.0", replacedBy = "search_contacts_v2"))
	List<Contact> search(@McpToolParam(description = "Part of the name") @Size(max = 200) String query) {
		return this.contacts.search(this.user.tenant(), query, DEFAULT_LIMIT);
	}

	@McpTool(name = "search_contacts_v2", description = "Finds contacts by name, as many as are wanted",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false, openWorldHint = false))
	@ToolPolicy(scopes = "read:contacts")
	List<Contact> search(@McpToolParam(description = "Part of the name") @Size(max = 200) String query,
			@McpToolParam(description = "How many at most, 20 if nothing is said",
					required = false) @Min(1) @Max(100) @Nullable Integer limit) {
		return this.contacts.search(this.user.tenant(), query, (limit != null) ? limit : DEFAULT_LIMIT);
	}

}
