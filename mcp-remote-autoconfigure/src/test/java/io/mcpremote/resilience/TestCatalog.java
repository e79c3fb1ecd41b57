// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.TestPolicies;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * A server with some tools, the prompt "summary", and documents.
 */
final class TestCatalog implements Catalog {

	final Set<String> tools = ConcurrentHashMap.newKeySet();

	TestCatalog(String... tools) {
		this.tools.addAll(List.of(tools));
	}

	CallPolicies policies(String... properties) {
		return new CallPolicies(TestPolicies.of(properties), this);
	}

	@Override
	public List<Tool> tools() {
		return List.of();
	}

	@Override
	public Tool find(String name, CallContext context) {
		return null;
	}

	@Override
	public String entry(TargetKind kind, String name, CallContext context) {
		return entry(kind, name);
	}

	@Override
	public String entry(TargetKind kind, String name) {
		return switch (kind) {
			case TOOL -> (this.tools.contains(name)) ? name : null;
			case PROMPT -> (name.equals("summary")) ? name : null;
			case RESOURCE -> (name.startsWith("docs://")) ? "docs://{page}" : null;
			case TEMPLATE -> null;
		};
	}

	@Override
	public List<String> names(TargetKind kind) {
		return switch (kind) {
			case TOOL -> this.tools.stream().sorted().toList();
			case PROMPT -> List.of("summary");
			case RESOURCE -> List.of();
			case TEMPLATE -> List.of("docs://{page}");
		};
	}

}
