// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.call.ToolCatalog;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A model learns which argument is wrong and why, and the tool is not called.
 */
@ExtendWith(OutputCaptureExtension.class)
class SchemaGuardTests {

	private static final CallOutcome PASSED = new CallOutcome.Result("passed");

	private static final String PROJECT = """
			{"type":"object","required":["id"],"additionalProperties":false,"properties":{
			"id":{"type":"string","minLength":1,"maxLength":5},
			"limit":{"type":"integer","maximum":10},
			"state":{"enum":["open","closed"]},
			"range":{"type":"object","properties":{"days":{"type":"array","items":{"type":"integer"}}}}}}
			""";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Locale locale = Locale.getDefault();

	private final Map<String, Tool> tools = new HashMap<>();

	private final SchemaGuard guard = new SchemaGuard(new Tools(), new InputSchemas(JSON));

	@AfterEach
	void restoreLocale() {
		Locale.setDefault(this.locale);
	}

	@Test
	void stageThenBeforeAnythingRemembered() {
		assertThat(this.guard.stage()).isEqualTo(CallStage.VALIDATE).isLessThan(CallStage.IDEMPOTENCY);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"id":"a"}
			{"id":"a","limit":10,"state":"open"}
			{"id":"a","range":{"days":[1,2]}}
			""")
	void guardWhenArgumentsFitThenPasses(String arguments) {
		register("project", PROJECT);
		assertThat(call("project", arguments)).isSameAs(PASSED);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{}                              | The arguments are not valid: required property 'id' not found.
					{"id":7}                        | The argument 'id' is not valid: integer found, string expected.
					{"id":null}                     | The argument 'id' is not valid: null found, string expected.
					{"id":""}                       | The argument 'id' is not valid: must be at least 1 characters long.
					{"id":"a","limit":11}           | The argument 'limit' is not valid: must have a maximum value of 10.
					{"id":"a","range":{"days":[1,"b"]}} | The argument 'range.days.1' is not valid: string found, integer expected.
					""")
	void guardWhenArgumentDoesNotFitThenSaysWhichAndWhy(String arguments, String told) {
		register("project", PROJECT);
		assertThat(failure("project", arguments).message()).isEqualTo(told);
	}

	@Test
	void guardWhenArgumentIsUnknownThenNamesIt() {
		register("project", PROJECT);
		assertThat(failure("project", "{\"id\":\"a\",\"colour\":1}").message()).contains("'colour'");
	}

	@Test
	void guardWhenManyFaultsThenTellsAFew() {
		register("list", "{\"type\":\"object\",\"properties\":{\"a\":{\"items\":{\"type\":\"string\"}}}}");
		String message = failure("list", "{\"a\":[1,2,3,4,5,6,7]}").message();
		assertThat(message).contains("'a.0'", "'a.4'", "There are 2 more faults.").doesNotContain("'a.5'");
	}

	@Test
	void guardWhenThousandsOfFaultsThenOnlyThoseToldAreComposed() {
		AtomicInteger composed = new AtomicInteger();
		List<Error> errors = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			errors.add(Error.builder().instanceLocation(new NodePath(PathType.JSON_POINTER)).messageSupplier(() -> {
				composed.incrementAndGet();
				return "bad";
			}).build());
		}
		assertThat(SchemaGuard.told(errors)).contains("There are 995 more faults.");
		assertThat(composed).hasValue(5);
	}

	@Test
	void guardWhenNamesAreStrangeThenTextStaysBounded() {
		register("strict", "{\"type\":\"object\",\"additionalProperties\":false}");
		String message = failure("strict", "{\"" + "x".repeat(5000) + "\":1}").message();
		assertThat(message).hasSizeLessThan(500);
	}

	@Test
	void guardWhenLocaleIsAnotherThenStillEnglish() {
		Locale.setDefault(Locale.GERMANY);
		register("project", PROJECT);
		assertThat(failure("project", "{\"id\":7}").message()).endsWith("integer found, string expected.");
	}

	@Test
	void guardWhenToolIsReplacedThenItsNewSchemaCounts() {
		register("project", "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}}}");
		assertThat(call("project", "{\"id\":\"a\"}")).isSameAs(PASSED);
		register("project", "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}}");
		assertThat(call("project", "{\"id\":\"a\"}")).isInstanceOf(Failure.class);
	}

	@Test
	void guardWhenSchemasHaveTheSameHashThenNotMixedUp() {
		// "Aa" and "BB" have the same hash code, and so have the maps
		register("first", "{\"type\":\"object\",\"required\":[\"Aa\"]}");
		register("second", "{\"type\":\"object\",\"required\":[\"BB\"]}");
		assertThat(this.tools.get("first").inputSchema()).hasSameHashCodeAs(this.tools.get("second").inputSchema());
		assertThat(call("first", "{\"Aa\":1}")).isSameAs(PASSED);
		assertThat(call("second", "{\"BB\":1}")).isSameAs(PASSED);
		assertThat(call("second", "{\"Aa\":1}")).isInstanceOf(Failure.class);
	}

	@Test
	void guardWhenTwoToolsUseOneIdThenNotMixedUp() {
		register("first", "{\"$id\":\"urn:a\",\"type\":\"object\",\"required\":[\"x\"]}");
		register("second", "{\"$id\":\"urn:a\",\"type\":\"object\",\"required\":[\"y\"]}");
		assertThat(call("first", "{\"x\":1}")).isSameAs(PASSED);
		assertThat(call("second", "{\"y\":1}")).isSameAs(PASSED);
	}

	@ParameterizedTest
	@CsvSource({ "https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#" })
	void guardWhenSchemaNamesItsDialectThenThatCounts(String dialect) {
		register("d",
				"{\"$schema\":\"" + dialect + "\",\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}");
		assertThat(call("d", "{\"a\":\"b\"}")).isSameAs(PASSED);
		assertThat(failure("d", "{\"a\":1}").message()).contains("'a'");
	}

	@Test
	void guardWhenSchemaHasAHeaderThenLogsNothing(CapturedOutput output) {
		register("h", """
				{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
				"properties":{"a":{"type":"string","x-mcp-header":"A"}}}
				""");
		assertThat(call("h", "{\"a\":\"b\"}")).isSameAs(PASSED);
		assertThat(output).doesNotContain("x-mcp-header");
	}

	@Test
	void guardWhenToolIsUnknownThenPasses() {
		assertThat(call("nobody", "{}")).isSameAs(PASSED);
	}

	@Test
	void guardWhenSchemaAllowsEverythingThenPasses() {
		register("open", "{}");
		assertThat(call("open", "{\"a\":1}")).isSameAs(PASSED);
	}

	@Test
	void guardWhenNotAToolCallThenPasses() {
		register("project", PROJECT);
		McpCall prompt = TestCalls.of(Revision.V2026_07_28, "prompts/get", "project");
		assertThat(this.guard.guard(prompt, new TestContext(), (call, context) -> PASSED)).isSameAs(PASSED);
	}

	private Failure failure(String tool, String arguments) {
		CallOutcome outcome = call(tool, arguments);
		assertThat(outcome).isInstanceOf(Failure.class);
		Failure failure = (Failure) outcome;
		assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_ARGUMENTS);
		return failure;
	}

	private CallOutcome call(String tool, String arguments) {
		McpCall call = new McpCall("c-1", Revision.V2025_11_25, "tools/call", tool,
				Map.of("arguments", JSON.readValue(arguments, Object.class)), TestCalls.ALICE, null, null,
				TraceContext.NONE, Instant.EPOCH);
		return this.guard.guard(call, new TestContext(), (passed, context) -> PASSED);
	}

	@SuppressWarnings("unchecked")
	private void register(String name, String schema) {
		this.tools.put(name, Tool.builder(name, JSON.readValue(schema, Map.class)).build());
	}

	private final class Tools implements ToolCatalog {

		@Override
		public Tool find(String name, CallContext context) {
			return SchemaGuardTests.this.tools.get(name);
		}

	}

}
