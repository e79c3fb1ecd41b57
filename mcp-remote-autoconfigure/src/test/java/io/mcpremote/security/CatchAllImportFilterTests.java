// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Spring Boot's chain in front of everything comes only where Spring Boot's security is.
 */
class CatchAllImportFilterTests {

	private static final String BOOT_SECURITY = "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration";

	private static final String[] CANDIDATES = { OAuth2ResourceServerAutoConfiguration.class.getName(), null,
			OAuth2ResourceServerWebSecurityAutoConfiguration.class.getName(),
			McpRemoteSecurityAutoConfiguration.class.getName() };

	private final CatchAllImportFilter filter = new CatchAllImportFilter();

	@Test
	void matchWhenSpringBootSecuresTheApplicationThenAll() {
		Class<?> security = new ByteBuddy().subclass(Object.class)
			.name(BOOT_SECURITY)
			.make()
			.load(getClass().getClassLoader())
			.getLoaded();
		this.filter.setBeanClassLoader(security.getClassLoader());
		assertThat(match()).containsOnly(true);
	}

	@Test
	void matchWhenOnlyTheEndpointIsSecuredThenNothingOfResourceServers() {
		this.filter.setBeanClassLoader(new FilteredClassLoader(BOOT_SECURITY));
		assertThat(match()).containsExactly(false, true, false, true);
	}

	private boolean[] match() {
		return this.filter.match(CANDIDATES, mock(AutoConfigurationMetadata.class));
	}

}
