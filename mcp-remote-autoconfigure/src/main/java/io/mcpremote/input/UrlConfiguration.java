// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.net.InetAddress;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures which URLs are acceptable, for those who check or open them.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(McpRemoteInputProperties.class)
class UrlConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AddressLookup mcpRemoteAddressLookup() {
		return InetAddress::getAllByName;
	}

	@Bean
	UrlRules mcpRemoteUrlRules(McpRemoteInputProperties properties, AddressLookup lookup) {
		InputPropertyChecks.check(properties);
		return UrlRules.of(properties.url(), new PublicAddresses(lookup));
	}

}
