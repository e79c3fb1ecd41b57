// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import io.mcpremote.call.StartupException;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Configures what opens URLs, for those who ask for it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ HttpClientBuilder.class, ClientHttpRequestFactory.class })
@Import(UrlConfiguration.class)
class GuardedHttpConfiguration {

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	GuardedRequestFactory mcpRemoteGuardedRequestFactory(UrlRules rules, McpRemoteInputProperties properties) {
		if (rules.allowsNothing()) {
			throw new StartupException("A GuardedRequestFactory is used, but no host may be reached with it.",
					"List the hosts in mcp.remote.input.url.hosts, such as *.example.com, or * for all with public"
							+ " addresses.");
		}
		return new GuardedRequestFactory(rules, properties.url());
	}

}
