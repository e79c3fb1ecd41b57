// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.net.InetAddress;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for what constraints on arguments need. It is there whichever
 * transport serves the tools, since they depend on it.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@EnableConfigurationProperties(McpRemoteInputProperties.class)
@Import(GuardedHttpConfiguration.class)
public final class McpRemoteConstraintAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AddressLookup mcpRemoteAddressLookup() {
		return InetAddress::getAllByName;
	}

	@Bean
	LookupBudget mcpRemoteLookupBudget() {
		return new LookupBudget();
	}

	@Bean
	UrlRules mcpRemoteUrlRules(McpRemoteInputProperties properties, AddressLookup lookup) {
		InputPropertyChecks.check(properties);
		return UrlRules.of(properties.url(), new PublicAddresses(lookup));
	}

}
