// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import io.mcpremote.call.StartupException;

import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Imports what makes authorities of claims as Spring Boot's properties say, also where
 * {@link CatchAllImportFilter} keeps the rest of Spring Boot's resource server out.
 */
final class ConverterImportSelector implements ImportSelector {

	private static final String CONVERTERS = "org.springframework.boot.security.oauth2.server.resource.autoconfigure."
			+ "JwtConverterConfiguration";

	@Override
	public String[] selectImports(AnnotationMetadata importingClass) {
		if (!ClassUtils.isPresent(CONVERTERS, getClass().getClassLoader())) {
			// Callers would get other authorities than are configured
			throw new StartupException("This version of Spring Boot has no " + CONVERTERS + ".",
					"Use the version of Spring Boot that this version of mcp-remote is made for.");
		}
		return new String[] { CONVERTERS };
	}

}
