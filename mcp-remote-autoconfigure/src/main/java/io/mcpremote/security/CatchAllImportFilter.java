// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Keeps out what Spring Boot would configure of resource servers where there is no more
 * of Spring Security than our endpoint needs: above all a filter chain in front of the
 * whole application. Of the rest nothing is needed, and that the annotations of these
 * classes name some that are missing would be logged at each start.
 */
final class CatchAllImportFilter implements AutoConfigurationImportFilter, BeanClassLoaderAware {

	private static final String RESOURCE_SERVER = "org.springframework.boot.security.oauth2.server.resource.";

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
			String candidate = candidates[i];
			kept[i] = secured || candidate == null || !isOfResourceServer(candidate);
		}
		return kept;
	}

	/**
	 * Also asked about what is imported otherwise, which is none of its business.
	 */
	private static boolean isOfResourceServer(String candidate) {
		return candidate.startsWith(RESOURCE_SERVER) && candidate.endsWith("AutoConfiguration");
	}

}
