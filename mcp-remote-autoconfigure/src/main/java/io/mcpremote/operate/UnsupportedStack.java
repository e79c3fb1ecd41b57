// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import io.mcpremote.call.StartupException;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Refuses to start in an application that the endpoint cannot be served from, which would
 * otherwise find out from its clients.
 */
final class UnsupportedStack implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		throw new StartupException(
				"The remote MCP server needs the servlet stack, but this is a reactive (WebFlux) web application.",
				"Use spring-boot-starter-webmvc; tools may still be reactive. If both stacks are on the class path, set"
						+ " spring.main.web-application-type to servlet. Or set mcp.remote.enabled to false to have"
						+ " Spring AI's own transports.");
	}

}
