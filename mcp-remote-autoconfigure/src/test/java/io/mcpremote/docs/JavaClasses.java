// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Makes classes of blocks of Java, for tests that run what a page shows. Each name can be
 * used once.
 */
final class JavaClasses {

	private JavaClasses() {
	}

	/**
	 * Return the components in a block that is a file of its own, but for the package.
	 */
	static Class<?>[] ofFile(String name, CodeBlock block) {
		return load(name, "package io.mcpremote.docs;\n" + block.text());
	}

	/**
	 * Return the components in a block that is a part of a class, that class first.
	 */
	static Class<?>[] ofMembers(String name, CodeBlock block) {
		return load(name, JavaFragments.source(name, block));
	}

	private static Class<?>[] load(String name, String source) {
		try {
			Path directory = Files.createTempDirectory("classes");
			try {
				JavaFragments.compile(name, source, directory);
				return define(directory);
			}
			finally {
				FileSystemUtils.deleteRecursively(directory);
			}
		}
		catch (IOException | IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Class<?>[] define(Path directory) throws IOException, IllegalAccessException {
		List<Class<?>> classes = new ArrayList<>();
		try (Stream<Path> files = Files.walk(directory)) {
			Comparator<Path> outerFirst = Comparator.comparingInt((file) -> file.toString().length());
			for (Path file : files.filter(Files::isRegularFile).sorted(outerFirst).toList()) {
				classes.add(MethodHandles.lookup().defineClass(Files.readAllBytes(file)));
			}
		}
		Class<?> first = classes.get(0);
		return classes.stream()
			.filter((type) -> type == first || type.isAnnotationPresent(Component.class))
			.toArray(Class<?>[]::new);
	}

}
