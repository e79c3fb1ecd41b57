// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), SampleApplication.class.getName()));
		command.addAll(options());
		// Which is nowhere near the documents, as with desktop clients
		Process process = new ProcessBuilder(command).directory(directory.toFile())
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
			assertThat(ask(input, output, call("import_document", "{\"path\":\"roadmap.md\"}")).toString())
				.contains("Mercury waits");
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

	/**
	 * Return what the README has clients pass to the jar.
	 */
	private static List<String> options() throws IOException {
		Matcher shown = Pattern.compile("(?s)\\{\"mcpServers\".*?(?=```)")
			.matcher(Files.readString(Path.of("README.md")));
		assertThat(shown.find()).isTrue();
		return Http.json(shown.group())
			.at("/mcpServers/projects/args")
			.valueStream()
			.map((argument) -> argument.asString()
				.replace("/path/to/sample-app", Path.of("").toAbsolutePath().toString()))
			.filter((argument) -> argument.startsWith("--"))
			.toList();
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
