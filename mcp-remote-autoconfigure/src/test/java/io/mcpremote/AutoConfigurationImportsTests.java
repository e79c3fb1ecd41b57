// SPDX-License-Identifier: Apache-2.0

package io.mcpremote;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import io.mcpremote.test.MainClasses;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An auto-configuration that is not registered does nothing and says nothing.
 */
class AutoConfigurationImportsTests {

	private final List<String> imports = MainClasses
		.resource("META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports")
		.lines()
		.toList();

	@Test
	void importsThenSorted() {
		assertThat(this.imports).isSorted().doesNotHaveDuplicates().allMatch((line) -> line.equals(line.strip()));
	}

	@Test
	void importsThenEveryAutoConfiguration() {
		List<String> declared = MainClasses.all()
			.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.toList();
		assertThat(this.imports).containsExactlyInAnyOrderElementsOf(declared).isNotEmpty();
	}

	@Test
	void importsThenExist() {
		assertThat(this.imports).allSatisfy((name) -> assertThat(Class.forName(name)).isNotNull());
	}

}
