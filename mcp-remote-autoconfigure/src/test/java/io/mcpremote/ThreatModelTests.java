// SPDX-License-Identifier: Apache-2.0

package io.mcpremote;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests that the threat model names are there.
 */
class ThreatModelTests {

	private static final Pattern NAME = Pattern.compile("`(\\w+(?:Tests|IT))(?:\\.(\\w+))?`");

	@Test
	void namesThenThoseOfTests() throws Exception {
		Map<String, Class<?>> tests = tests();
		Set<String> missing = new TreeSet<>();
		int found = 0;
		Matcher names = NAME.matcher(Files.readString(Path.of("..", "docs", "threat-model.md")));
		while (names.find()) {
			found++;
			Class<?> test = tests.get(names.group(1));
			String method = names.group(2);
			if (test == null || (method != null && Arrays.stream(test.getDeclaredMethods())
				.noneMatch((declared) -> declared.getName().equals(method)))) {
				missing.add(names.group());
			}
		}
		assertThat(found).isGreaterThan(50);
		assertThat(missing).isEmpty();
	}

	private static Map<String, Class<?>> tests() throws IOException, URISyntaxException {
		Path root = Path.of(ThreatModelTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(root)) {
			return files.map((file) -> root.relativize(file).toString().replace('/', '.').replace('\\', '.'))
				.filter((name) -> name.matches("[\\w.]*(Tests|IT)\\.class"))
				.map((name) -> type(name.substring(0, name.length() - ".class".length())))
				.collect(Collectors.toMap(Class::getSimpleName, (type) -> type));
		}
	}

	private static Class<?> type(String name) {
		try {
			return Class.forName(name, false, ThreatModelTests.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
