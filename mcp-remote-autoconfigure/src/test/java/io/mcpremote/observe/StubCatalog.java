// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * A server with some tools, the prompt "summary", the resource "docs://start" and a
 * template for all others. Counts how often it is asked.
 */
final class StubCatalog implements Catalog {

	final Set<String> tools = ConcurrentHashMap.newKeySet();

	final AtomicInteger asked = new AtomicInteger();

	final AtomicInteger listed = new AtomicInteger();

	StubCatalog(String... tools) {
		this.tools.addAll(List.of(tools));
	}

	@Override
	public String entry(TargetKind kind, String name, CallContext context) {
		return entry(kind, name);
	}

	@Override
	public String entry(TargetKind kind, String name) {
		this.asked.incrementAndGet();
		return switch (kind) {
			case TOOL -> (this.tools.contains(name)) ? name : null;
			case PROMPT -> (name.equals("summary")) ? name : null;
			case RESOURCE ->
				(name.equals("docs://start")) ? name : (name.startsWith("docs://")) ? "docs://{page}" : null;
			case TEMPLATE -> null;
		};
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
	public List<String> names(TargetKind kind) {
		this.listed.incrementAndGet();
		return (kind == TargetKind.TOOL) ? List.copyOf(this.tools) : List.of();
	}

}
