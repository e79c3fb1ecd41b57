// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.util.function.Supplier;

import io.mcpremote.input.McpRemoteInputAutoConfiguration;
import io.mcpremote.operate.McpRemoteOperateAutoConfiguration;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import io.mcpremote.security.McpRemoteAuthorizationAutoConfiguration;
import io.mcpremote.session.McpRemoteSessionAutoConfiguration;
import io.mcpremote.transport.McpRemoteTransportAutoConfiguration;

import org.springframework.ai.mcp.server.common.autoconfigure.McpServerAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.McpServerJsonMapperAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.annotations.McpServerAnnotationScannerAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.annotations.McpServerSpecificationFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Context runners with everything that makes a remote server, which do not run
 * environment post-processors and hence are told the protocol.
 */
public final class TestRunners {

	private static final String PROTOCOL = "spring.ai.mcp.server.protocol=STREAMABLE";

	private static final String WITHOUT_SECURITY = "mcp.remote.security.enabled=false";

	private static final Supplier<AutoConfigurations> OURS = () -> AutoConfigurations.of(
			McpRemoteAuthorizationAutoConfiguration.class, McpRemoteInputAutoConfiguration.class,
			McpRemoteOperateAutoConfiguration.class, McpRemotePolicyAutoConfiguration.class,
			McpRemoteSessionAutoConfiguration.class, McpRemoteTransportAutoConfiguration.class);

	private static final Supplier<AutoConfigurations> SERVER = () -> AutoConfigurations.of(
			McpServerJsonMapperAutoConfiguration.class, McpServerAutoConfiguration.class,
			McpServerAnnotationScannerAutoConfiguration.class, McpServerSpecificationFactoryAutoConfiguration.class);

	private TestRunners() {
	}

	public static WebApplicationContextRunner servlet() {
		return new WebApplicationContextRunner().withInitializer(TestRunners::note)
			.withPropertyValues(PROTOCOL, WITHOUT_SECURITY)
			.withConfiguration(SERVER.get())
			.withConfiguration(OURS.get());
	}

	/**
	 * Return a runner without Spring AI.
	 */
	public static WebApplicationContextRunner servletWithoutServer() {
		return new WebApplicationContextRunner().withInitializer(TestRunners::note)
			.withPropertyValues(WITHOUT_SECURITY)
			.withConfiguration(OURS.get());
	}

	public static ApplicationContextRunner withoutWeb() {
		return new ApplicationContextRunner().withInitializer(TestRunners::note)
			.withPropertyValues(PROTOCOL, WITHOUT_SECURITY)
			.withConfiguration(OURS.get());
	}

	private static void note(ConfigurableApplicationContext context) {
		UsedSecrets.configured(context.getEnvironment());
	}

}
