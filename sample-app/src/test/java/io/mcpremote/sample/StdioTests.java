// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the profile stdio, in a process of its own as desktop clients start it.
 */
class StdioTests {

	@Test
	@Timeout(value = 3, unit = TimeUnit.MINUTES)
	void outputWhenServedToLocalClientThenIsNothingButTheProtocol(@TempDir Path directory) throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), SampleApplication.class.getName(),
				"--spring.profiles.active=stdio")
			.redirectError(directory.resolve("log").toFile())
			.start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			BufferedWriter input = process.outputWriter(StandardCharsets.UTF_8);
			JsonNode started = ask(input, output, """
					{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
					"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
			assertThat(started.at("/result/serverInfo/name").asString()).isEqualTo("project-tracker");
			input.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
			assertThat(
					ask(input, output, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}").at("/result/tools"))
				.hasSize(11);
			assertThat(ask(input, output, call("list_projects", "{}")).toString()).contains("Apollo")
				.doesNotContain("Hydra");
			assertThat(ask(input, output, call("whoami", "{}")).toString()).contains("acme");
			assertThat(ask(input, output, call("import_document", "{\"path\":\"../pom.xml\"}")).at("/result/isError")
				.asBoolean()).isTrue();
			input.close();
			assertThat(output.readLine()).isNull();
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(directory.resolve("log")).content().contains("There is no remote MCP endpoint");
	}

	private static String call(String tool, String arguments) {
		return "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
				+ "\",\"arguments\":" + arguments + "}}";
	}

	private static JsonNode ask(BufferedWriter input, BufferedReader output, String message) throws IOException {
		input.write(message);
		input.newLine();
		input.flush();
		return Http.json(output.readLine());
	}

}
