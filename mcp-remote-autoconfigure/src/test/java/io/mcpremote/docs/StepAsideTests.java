// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.mcpremote.input.AllowedPath;
import jakarta.validation.ConstraintViolationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where there is no endpoint, as much applies as the page on concepts and the log say.
 */
@ExtendWith(OutputCaptureExtension.class)
class StepAsideTests {

	@Test
	void argumentsWhenThereIsNoEndpointThenHeldToConstraintsOfValidatedClasses(@TempDir Path allowed,
			CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class, Checked.class,
				Unchecked.class)
			.web(WebApplicationType.NONE)
			.run("--spring.main.banner-mode=off", "--mcp.remote.input.allowed-directories=" + allowed)) {
			Checked checked = context.getBean(Checked.class);
			String inside = allowed.resolve("report").toString();
			assertThat(checked.read(inside)).isEqualTo(inside);
			String outside = allowed.resolveSibling("report").toString();
			assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> checked.read(outside));
			assertThat(context.getBean(Unchecked.class).read(outside)).isEqualTo(outside);
		}
		assertThat(output).contains("No guard runs", "except mcp.remote.input for the constraints of classes that are");
		assertThat(Files.readString(Path.of("../docs/concepts.md")))
			.contains("nothing else under `mcp.remote` applies but `mcp.remote.input`");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Validated
	static class Checked {

		@McpTool(name = "checked", description = "Reads")
		String read(@AllowedPath String path) {
			return path;
		}

	}

	static class Unchecked {

		@McpTool(name = "unchecked", description = "Reads")
		String read(@AllowedPath String path) {
			return path;
		}

	}

}
