// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.mcpremote.test.MainClasses;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page on extending has a word about everything that an application could implement,
 * and if only that it should not.
 */
class ExtendingTests {

	@Test
	void pageThenNamesEveryPublicInterface() throws IOException {
		String page = Files.readString(Path.of("..", "docs", "extending.md"));
		List<String> interfaces = MainClasses.all()
			.stream()
			.filter((type) -> type.isInterface() && !type.isAnnotation() && type.isTopLevelClass())
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getSimpleName)
			.sorted()
			.toList();
		assertThat(interfaces).hasSizeGreaterThan(30).allSatisfy((name) -> assertThat(page).contains("`" + name + "`"));
	}

}
