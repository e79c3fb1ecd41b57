// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.List;

import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * A server that has whatever it is asked for.
 */
public final class TestCatalog implements Catalog {

	@Override
	public String entry(TargetKind kind, String name, CallContext context) {
		return name;
	}

	@Override
	public String entry(TargetKind kind, String name) {
		return name;
	}

	@Override
	public List<Tool> tools() {
		return List.of();
	}

	@Override
	public List<String> names(TargetKind kind) {
		return List.of();
	}

	@Override
	public Tool find(String name, CallContext context) {
		return null;
	}

}
