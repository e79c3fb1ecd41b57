// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

/**
 * Says that there is no remote endpoint and why, so that nobody relies on guards that are
 * not there.
 */
final class StepAsideNotice implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(StepAsideNotice.class);

	private final Environment environment;

	StepAsideNotice(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		logger.info("There is no remote MCP endpoint, because " + reason()
				+ ". No guard runs, and nothing under mcp.remote applies, neither policies nor sessions nor the bounds of"
				+ " messages, except mcp.remote.input for the constraints of classes that are @Validated.");
	}

	private String reason() {
		if (this.environment.getProperty("spring.ai.mcp.server.stdio", Boolean.class, false)) {
			return "the server speaks over standard input and output (spring.ai.mcp.server.stdio)";
		}
		if (!this.environment.getProperty("spring.ai.mcp.server.enabled", Boolean.class, true)) {
			return "there is no MCP server (spring.ai.mcp.server.enabled)";
		}
		if (!this.environment.getProperty("mcp.remote.enabled", Boolean.class, true)) {
			return "it is switched off (mcp.remote.enabled)";
		}
		return "this application has no web server";
	}

}
