// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.List;
import java.util.stream.Stream;

import io.mcpremote.call.Catalog;

import org.springframework.ai.mcp.server.common.autoconfigure.annotations.McpServerAnnotationScannerAutoConfiguration.ServerMcpAnnotatedBeans;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the policies of tools, prompts and resources.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.mcpremote.transport.McpRemoteTransportAutoConfiguration")
@ConditionalOnBean(type = "io.mcpremote.call.Catalog")
@EnableConfigurationProperties(McpRemotePolicyProperties.class)
public final class McpRemotePolicyAutoConfiguration {

	@Bean
	AnnotatedTargets mcpRemoteAnnotatedTargets(ObjectProvider<ServerMcpAnnotatedBeans> beans,
			ObjectProvider<ToolCallback> callbacks, ObjectProvider<List<ToolCallback>> lists,
			ObjectProvider<ToolCallbackProvider> providers, ObjectProvider<List<ToolCallbackProvider>> providerLists) {
		return new AnnotatedTargets(
				() -> beans.stream().flatMap((found) -> found.getAllAnnotatedBeans().stream()).toList(),
				() -> ToolCallbackMethods.byTool(Stream.concat(each(callbacks, lists),
						each(providers, providerLists).flatMap(ToolCallbackMethods::callbacks))));
	}

	private static <T> Stream<T> each(ObjectProvider<T> single, ObjectProvider<List<T>> lists) {
		return Stream.concat(lists.stream().flatMap(List::stream), single.stream());
	}

	@Bean
	Policies mcpRemotePolicies(McpRemotePolicyProperties properties, AnnotatedTargets annotated,
			Environment environment) {
		refuseUnknownKeys(environment);
		return new Policies(properties, annotated);
	}

	@Bean
	CallPolicies mcpRemoteCallPolicies(Policies policies, Catalog catalog) {
		return new CallPolicies(policies, catalog);
	}

	/**
	 * A key that nobody reads would leave open what it was meant to close.
	 */
	private static void refuseUnknownKeys(Environment environment) {
		Binder binder = Binder.get(environment);
		BindHandler strict = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
		if (isConfigured(environment, "tool-defaults")) {
			binder.bind("mcp.remote.tool-defaults", Bindable.of(PolicySettings.class), strict);
		}
		for (String section : List.of("tools", "prompts", "resources")) {
			if (isConfigured(environment, section)) {
				binder.bind("mcp.remote." + section, Bindable.mapOf(String.class, PolicySettings.class), strict);
			}
		}
	}

	private static boolean isConfigured(Environment environment, String section) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of("mcp.remote." + section);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.containsDescendantOf(name) != ConfigurationPropertyState.ABSENT) {
				return true;
			}
		}
		return false;
	}

}
