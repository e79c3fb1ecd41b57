// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Keeps Spring Boot from putting a filter chain in front of the whole application where
 * there is no more of Spring Security than our endpoint needs.
 */
final class CatchAllImportFilter implements AutoConfigurationImportFilter, BeanClassLoaderAware {

	private static final String CATCH_ALL = "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web."
			+ "OAuth2ResourceServerWebSecurityAutoConfiguration";

	private static final String BOOT_SECURITY = "org.springframework.boot.security.autoconfigure."
			+ "SecurityAutoConfiguration";

	private @Nullable ClassLoader classLoader;

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
		boolean secured = ClassUtils.isPresent(BOOT_SECURITY, this.classLoader);
		boolean[] kept = new boolean[candidates.length];
		for (int i = 0; i < candidates.length; i++) {
			kept[i] = secured || !CATCH_ALL.equals(candidates[i]);
		}
		return kept;
	}

}
