// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.mcpremote.call.McpCall;

/**
 * The classes and resources of this module, without its tests.
 */
public final class MainClasses {

	private static final Path LOCATION = location();

	private static final JavaClasses CLASSES = new ClassFileImporter().importPath(LOCATION);

	private MainClasses() {
	}

	public static JavaClasses all() {
		return CLASSES;
	}

	public static String resource(String name) {
		try {
			return Files.readString(LOCATION.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path location() {
		try {
			return Path.of(McpCall.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
