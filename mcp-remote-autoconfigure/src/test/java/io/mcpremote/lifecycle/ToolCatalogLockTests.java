// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * A release whose version does not say what has become of the tools fails its build.
 */
class ToolCatalogLockTests {

	private static final String UPDATE = "mcp.remote.lock";

	private static final String SCHEMA = """
			{"type":"object","properties":{"id":{"type":"string","description":"Which"},\
			"description":{"type":"string"}},"required":["id","description"]}""";

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void name() {
		this.file = this.directory.resolve("mcp-tools.lock.json");
	}

	@AfterEach
	void clear() {
		System.clearProperty(UPDATE);
	}

	@Test
	void verifyWhenNoFileThenSaysHowToMakeOne() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> lock("1.0.0", tool("a")).verify(this.file))
			.withMessageContaining("mcp-tools.lock.json")
			.withMessageContaining("-Dmcp.remote.lock=update");
		assertThat(this.file).doesNotExist();
	}

	@Test
	void updateThenSameTextForSameTools() throws IOException {
		update("1.0.0", tool("b"), tool("a"));
		String first = Files.readString(this.file);
		Files.delete(this.file);
		update("1.0.0", tool("a"), new Tool("b", null, "Does b", schema("""
				{"required":["id","description"],"properties":{"description":{"type":"string"},\
				"id":{"description":"Which","type":"string"}},"type":"object"}"""), null, null, Map.of("ignored", true),
				null));
		assertThat(Files.readString(this.file)).isEqualTo(first)
			.startsWith("{\n  \"tools\"")
			.endsWith("}\n")
			.doesNotContain("\r", "ignored");
		lock("1.0.0", tool("a"), tool("b")).verify(this.file);
	}

	@ParameterizedTest
	@CsvSource({ "1.2.3, 1.2.3", "1.2.3, 1.2.4-SNAPSHOT", "1.2.3, 2.0.0", "1.2.3, 1.2.3-SNAPSHOT", "1.2, 1.2.0+build.5",
			"v3, 3.0.0" })
	void verifyWhenNothingHasChangedThenPasses(String before, String now) {
		update(before, tool("a"));
		assertThatNoException().isThrownBy(() -> lock(now, tool("a")).verify(this.file));
	}

	@ParameterizedTest
	@CsvSource({ "1.2.3, 1.2.2", "1.2.3, 0.9.0", "2.0.0, 1.9.9" })
	void verifyWhenVersionHasGoneBackThenFails(String before, String now) {
		update(before, tool("a"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> lock(now, tool("a")).verify(this.file))
			.withMessageContaining("gone back")
			.withMessageContaining(before);
	}

	@ParameterizedTest
	@CsvSource({ "1.2.3, 1.2.4, 1.3.0", "1.2.3, 1.2.3, 1.3.0", "1.2.3, 1.3.0-SNAPSHOT, ", "1.2.3, 2.0.0, ",
			"0.2.3, 0.2.3, 0.2.4", "0.2.3, 0.2.4, ", "0.2.3, 0.3.0, " })
	void verifyWhenToolIsNewThenMinor(String before, String now, String required) {
		update(before, tool("a"));
		verify(now, required, "minor: tool 'b' is new", tool("a"), tool("b"));
	}

	@ParameterizedTest
	@CsvSource({ "1.2.3, 1.3.0, 2.0.0", "1.2.3, 2.0.0, ", "1.2.3, 2.0.0-RC1, ", "0.2.3, 0.2.4, 0.3.0", "0.2.3, 0.3.0, ",
			"0.2.3, 1.0.0, " })
	void verifyWhenToolIsGoneThenMajor(String before, String now, String required) {
		update(before, tool("a"), tool("b"));
		verify(now, required, "major: tool 'b' is gone", tool("a"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"\"type\":\"string\",\"description\":\"Which\" | \"type\":\"integer\" | properties.id.type is different",
			"\"id\" | \"key\" | properties.id is gone", "[\"id\",\"description\"] | [\"id\"] | required is different",
			"\"type\":\"object\", | \"type\":\"object\",\"additionalProperties\":false, | additionalProperties is new",
			"\"description\":{\"type\":\"string\"} | \"other\":{} | properties.description is gone" })
	void verifyWhenSchemaIsAnotherThenMajor(String from, String to, String difference) {
		update("1.2.3", tool("a"));
		Tool changed = tool("a",
				SCHEMA.replaceFirst(Pattern.quote(from.strip()), Matcher.quoteReplacement(to.strip())));
		assertThat(changed.inputSchema()).isNotEqualTo(tool("a").inputSchema());
		verify("1.3.0", "2.0.0", "major: tool 'a': inputSchema." + difference, changed);
		verify("2.0.0", null, null, changed);
	}

	@Test
	void verifyWhenOutputSchemaComesOrGoesThenMajor() {
		Tool without = tool("a");
		Tool with = new Tool("a", null, "Does a", schema(SCHEMA), schema("{\"type\":\"object\"}"), null, null, null);
		update("1.2.3", without);
		verify("1.3.0", "2.0.0", "major: tool 'a': outputSchema is new", with);
		update("2.0.0", with);
		verify("2.1.0", "3.0.0", "major: tool 'a': outputSchema is gone", without);
	}

	@Test
	void verifyWhenAnnotationsAreOthersThenMinor() {
		Tool reading = new Tool("a", null, "Does a", schema(SCHEMA), null,
				ToolAnnotations.builder().readOnlyHint(true).build(), null, null);
		Tool writing = new Tool("a", null, "Does a", schema(SCHEMA), null,
				ToolAnnotations.builder().readOnlyHint(false).build(), null, null);
		update("1.2.3", reading);
		verify("1.2.4", "1.3.0", "minor: tool 'a': annotations.readOnlyHint is different", writing);
		verify("1.3.0", null, null, writing);
		verify("1.2.4", "1.3.0", "minor: tool 'a': annotations is gone", tool("a"));
	}

	@Test
	void verifyWhenOnlyWordsAreOthersThenPatch() {
		update("1.2.3", tool("a"));
		Tool reworded = tool("a", SCHEMA.replace("Which", "Which one"));
		verify("1.2.3", "1.2.4", "patch: tool 'a': inputSchema.properties.id.description is different", reworded);
		verify("1.2.4", null, null, reworded);
		Tool reordered = tool("a", SCHEMA.replace("[\"id\",\"description\"]", "[\"description\",\"id\"]"));
		verify("1.2.4", null, null, reordered);
		Tool described = new Tool("a", "A", "Does a well", schema(SCHEMA), null, null, null, null);
		verify("1.2.3", "1.2.4", "patch: tool 'a': description is different", described);
	}

	@Test
	void verifyWhenSeveralChangesThenAllAreListedWorstFirst() {
		update("1.2.3", tool("gone"), tool("kept"));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(
					() -> lock("1.2.4", tool("new"), tool("kept", SCHEMA.replace("Which", "What"))).verify(this.file))
			.withMessageMatching("(?s).*1\\.2\\.3.*major: tool 'gone' is gone\n.*minor: tool 'new' is new\n"
					+ ".*patch: tool 'kept'.*version 2\\.0\\.0 or later.*is 1\\.2\\.4.*update.*");
	}

	@Test
	void updateWhenVersionDoesNotSayWhatHasChangedThenRefused() throws IOException {
		update("1.2.3", tool("a"));
		String before = Files.readString(this.file);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> update("1.2.4", tool("b")))
			.withMessageContaining("2.0.0");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> update("2.0.0-SNAPSHOT", tool("b")))
			.withMessageContaining("which is none");
		assertThat(Files.readString(this.file)).isEqualTo(before);
		update("2.0.0", tool("b"));
		lock("2.0.0", tool("b")).verify(this.file);
	}

	@Test
	void verifyWhenNothingHasBeenReleasedThenAnyChangePasses() {
		update("1.0.0-SNAPSHOT", tool("a"));
		verify("1.0.0-SNAPSHOT", null, null, tool("b"));
		verify("1.0.0-RC1", null, null, tool("b"));
		update("1.0.0", tool("b"));
		verify("1.0.0", "2.0.0", "major: tool 'b' is gone", tool("a"));
	}

	@ParameterizedTest
	@CsvSource({ "1.0.0", "1.1.0", "2.0.0" })
	void verifyWhenReleaseAndFileIsOfASnapshotThenDemandsAnUpdate(String release) {
		update("1.0.0-SNAPSHOT", tool("a"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> lock(release, tool("a")).verify(this.file))
			.withMessageContaining("1.0.0-SNAPSHOT, which is no release")
			.withMessageContaining("-Dmcp.remote.lock=update");
		update(release, tool("a"));
		assertThatNoException().isThrownBy(() -> lock(release, tool("a")).verify(this.file));
	}

	@ParameterizedTest
	@CsvSource({ "1.0.1-SNAPSHOT, 2.0.0", "1.1.0-SNAPSHOT, 2.0.0", "1.1.0, 2.0.0", "2.0.0-SNAPSHOT, " })
	void verifyWhenFileIsOfAnEarlierSnapshotThenAsIfThatWereReleased(String now, String required) {
		update("1.0.0-SNAPSHOT", tool("a"));
		verify(now, required, "major: tool 'a' is gone", tool("b"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "latest", "1.2.3.4", "1..2", "99999999999.0.0" })
	void verifyWhenVersionTellsNothingThenFails(String version) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> lock(version, tool("a")).verify(this.file))
			.withMessageContaining("spring.ai.mcp.server.version");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "{}", "{\"version\":\"1.0.0\"}", "{\"version\":\"1.0.0\",\"tools\":[]}",
			"{\"version\":\"1.0.0\",\"tools\":{\"a\":1}}", "{\"version\":\"x\",\"tools\":{}}" })
	void verifyWhenFileIsBrokenThenSaysSo(String content) throws IOException {
		Files.writeString(this.file, content);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> lock("1.0.0", tool("a")).verify(this.file))
			.withMessageContaining("mcp-tools.lock.json")
			.withMessageContaining("from the last release again");
	}

	@Test
	void verifyWhenServerThenItsToolsAndVersion() throws IOException {
		try (RunningServer server = RunningServer.start(Tools.class)) {
			System.setProperty(UPDATE, "update");
			ToolCatalogLock.of(server.context().getBean(McpSyncServer.class)).verify(this.file);
			ToolCatalogLock.of(server.context().getBean(McpSyncServer.class).getAsyncServer()).verify(this.file);
			assertThat(Files.readString(this.file)).contains("\"version\" : \"1.2.3\"", "\"greet\"",
					"\"description\" : \"Greets\"");
		}
	}

	private void update(String version, Tool... tools) {
		System.setProperty(UPDATE, "update");
		try {
			lock(version, tools).verify(this.file);
		}
		finally {
			System.clearProperty(UPDATE);
		}
	}

	private void verify(String version, String required, String difference, Tool... tools) {
		ToolCatalogLock lock = lock(version, tools);
		if (required == null) {
			assertThatNoException().isThrownBy(() -> lock.verify(this.file));
			return;
		}
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> lock.verify(this.file))
			.withMessageContaining(difference)
			.withMessageContaining("version " + required + " or later");
	}

	private static ToolCatalogLock lock(String version, Tool... tools) {
		return ToolCatalogLock.of(version, List.of(tools));
	}

	private static Tool tool(String name) {
		return tool(name, SCHEMA);
	}

	private static Tool tool(String name, String schema) {
		return new Tool(name, null, "Does " + name, schema(schema), null, null, null, null);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> schema(String json) {
		return (Map<String, Object>) RunningServer.plain(RunningServer.json(json));
	}

	static class Tools {

		@McpTool(name = "greet", description = "Greets")
		String greet(String name) {
			return "Hello " + name;
		}

	}

}
