// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.console;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import io.mcpremote.policy.ToolPolicy;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.stereotype.Component;

/**
 * Tools that are quick, slow, broken, or called something nasty.
 */
@Component
class Tools {

	@McpTool(name = "greet", description = "Greets")
	String greet(String name) {
		return "Hello " + name;
	}

	@McpTool(name = "search_documents", description = "Takes some time")
	String search(String query) {
		pause(ThreadLocalRandom.current().nextInt(20, 120));
		return "Nothing about " + query;
	}

	@McpTool(name = "export_archive", description = "Takes long")
	@ToolPolicy(scopes = "read:archive", timeout = "2m", rateLimit = "20/1h", maxConcurrency = 4)
	String export(int millis) {
		pause(millis);
		return "done";
	}

	@McpTool(name = "convert_currency", description = "Asks a service that is down")
	String convert(String amount) {
		throw new IllegalStateException("The bank does not answer about " + amount);
	}

	@McpTool(name = "delete_project", description = "Deletes")
	@ToolPolicy(scopes = { "write:projects", "admin" }, confirm = "Delete {name}?", idempotent = true)
	String delete(String name) {
		return "deleted " + name;
	}

	@McpPrompt(name = "<img src=x onerror=alert(1)>", description = "A name that is markup")
	String markup(String topic) {
		return topic;
	}

	@McpPrompt(name = "summary", description = "Asks for a summary")
	String summary(String topic) {
		return "Summarize " + topic;
	}

	@McpResource(uri = "docs://handbook", name = "handbook", description = "The handbook")
	String handbook() {
		return "All is well";
	}

	private static void pause(int millis) {
		LockSupport.parkNanos(millis * 1_000_000L);
	}

}
