// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;

import io.mcpremote.call.StartupException;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerStreamableHttpProperties;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Makes sure, before the first client comes, that there is a server and that it has the
 * tools it should have. Spring AI says nothing when it has not found them.
 */
final class ServerCheck implements SmartInitializingSingleton {

	private final RemoteTransportProvider provider;

	private final ServerCatalog catalog;

	private final ListableBeanFactory beans;

	private final String path;

	ServerCheck(RemoteTransportProvider provider, ServerCatalog catalog, ListableBeanFactory beans,
			McpServerStreamableHttpProperties http) {
		this.provider = provider;
		this.catalog = catalog;
		this.beans = beans;
		this.path = http.getMcpEndpoint();
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!this.provider.hasHandlers()) {
			throw new StartupException("Spring AI has built no MCP server for the remote endpoint " + this.path + ".",
					"Check that no bean of type McpServerTransportProviderBase replaces the remote transport and that"
							+ " McpServerAutoConfiguration is not excluded.");
		}
		// Fails when the SDK has changed
		this.provider.description();
		List<?> tools = this.catalog.all(ListKind.TOOLS);
		List<String> withTools = (tools.isEmpty()) ? AnnotatedMethods.beansWithTools(this.beans) : List.of();
		if (!withTools.isEmpty()) {
			throw new StartupException(
					"There are methods annotated with @McpTool in the beans " + withTools
							+ ", but Spring AI has registered no tool.",
					"Most likely a servlet filter or another early bean needs a list of tool specifications: let it ask"
							+ " for an ObjectProvider. Also check spring.ai.mcp.server.annotation-scanner.enabled and"
							+ " spring.ai.mcp.server.capabilities.tool.");
		}
		tools.forEach((tool) -> check((Tool) tool));
	}

	private void check(Tool tool) {
		try {
			ParamHeaders.of(tool.inputSchema());
		}
		catch (IllegalArgumentException ex) {
			throw new StartupException("Clients will refuse the tool '" + tool.name() + "': " + ex.getMessage() + ".",
					"Correct the x-mcp-header annotations in the tool's input schema.");
		}
	}

}
