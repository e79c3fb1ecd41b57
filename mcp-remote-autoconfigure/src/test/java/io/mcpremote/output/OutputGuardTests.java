// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.output.McpRemoteOutputProperties.Handling;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Results leave the server bounded and readable, or not at all.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutputGuardTests {

	private static final String HIDDEN = "hid\u200Bden";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final McpCall call = TestCalls.tool();

	private final TestContext context = new TestContext();

	@Test
	void stageThenRightAtTheTarget() {
		assertThat(guard(Handling.STRIP).stage()).isEqualTo(CallStage.OUTPUT);
	}

	@Test
	void guardWhenNothingToDoThenVerySameOutcome() {
		Result result = new Result(new CallToolResult(
				List.of(new TextContent(null, "clean", null),
						new ResourceLink("a", "b", "c:d", "e", null, null, null, null)),
				false, Map.of("rows", List.of(Map.of("a", 1, "b", "text"), "x")), Map.of("m", HIDDEN)));
		assertThat(run(guard(Handling.STRIP), result)).isSameAs(result);
		assertThat(this.context.attributes()).isEmpty();
	}

	@Test
	void guardWhenStrippingThenEveryTextOfATool() {
		CallToolResult before = new CallToolResult(
				List.of(new TextContent(null, HIDDEN, null),
						new EmbeddedResource(null, new TextResourceContents("a:b", "text/plain", HIDDEN, null), null),
						new EmbeddedResource(null, new BlobResourceContents("a:b", null, "QUJD", null), null),
						new ResourceLink(HIDDEN, HIDDEN, "a:b", HIDDEN, null, null, null, null)),
				true, null, Map.of("kept", true));
		CallToolResult after = (CallToolResult) value(run(guard(Handling.STRIP), new Result(before)));
		assertThat(JSON.writeValueAsString(after)).isEqualTo(JSON.writeValueAsString(before).replace("\u200B", ""))
			.contains("hidden", "kept");
		assertThat(this.context.attributes()).containsEntry(OutputGuard.INVISIBLE, "strip");
	}

	@Test
	void guardWhenStrippingThenPromptsAndResources() {
		GetPromptResult prompt = (GetPromptResult) value(
				run(guard(Handling.STRIP), new Result(new GetPromptResult(HIDDEN,
						List.of(new PromptMessage(Role.USER, new TextContent(null, HIDDEN, null))), null))));
		assertThat(prompt.description()).isEqualTo("hidden");
		assertThat(((TextContent) prompt.messages().get(0).content()).text()).isEqualTo("hidden");
		ReadResourceResult resource = (ReadResourceResult) value(run(guard(Handling.STRIP), new Result(
				new ReadResourceResult(List.of(new TextResourceContents("a:b", null, HIDDEN, null)), null))));
		assertThat(((TextResourceContents) resource.contents().get(0)).text()).isEqualTo("hidden");
	}

	@Test
	void guardWhenStructuredContentIsStrippedThenItsCopyIsTheSame() {
		Map<String, Object> structured = new LinkedHashMap<>();
		structured.put("first", 1);
		structured.put("na\u200Bme", List.of("a\u001Bb", Arrays.asList(null, 1.5, "plain"), Map.of("deep", HIDDEN)));
		structured.put("last", null);
		CallToolResult after = (CallToolResult) value(run(guard(Handling.STRIP),
				new Result(new CallToolResult(
						List.of(new TextContent(null, "Found\u200B it", null),
								new TextContent(null, JSON.writeValueAsString(structured), null)),
						false, structured, null))));
		assertThat(JSON.writeValueAsString(after.structuredContent()))
			.isEqualTo("{\"first\":1,\"name\":[\"ab\",[null,1.5,\"plain\"],{\"deep\":\"hidden\"}],\"last\":null}");
		assertThat(texts(after)).containsExactly("Found it", JSON.writeValueAsString(after.structuredContent()));
	}

	@Test
	void guardWhenNamesBecomeTheSameThenUnchangedOneCounts() {
		Map<String, Object> structured = new LinkedHashMap<>();
		structured.put("a\u200B", "hidden");
		structured.put("a", "real");
		structured.put("a\u200D", "hidden as well");
		structured.put("b\u200B", "first");
		structured.put("b\u200D", "second");
		CallToolResult after = (CallToolResult) value(
				run(guard(Handling.STRIP), new Result(new CallToolResult(List.of(), false, structured, null))));
		assertThat(after.structuredContent()).isEqualTo(Map.of("a", "real", "b", "first"));
	}

	@Test
	void guardWhenStructuredContentIsOfTheApplicationThenOnlyChangedIfItMustBe() {
		Row clean = new Row("clean", null);
		Result result = new Result(new CallToolResult(List.of(), false, clean, null));
		assertThat(run(guard(Handling.STRIP), result)).isSameAs(result);
		CallToolResult after = (CallToolResult) value(run(guard(Handling.STRIP),
				new Result(new CallToolResult(List.of(), false, List.of(new Row(HIDDEN, 7)), null))));
		assertThat(after.structuredContent()).isEqualTo(List.of(Map.of("name", "hidden", "count", 7)));
	}

	@Test
	void guardWhenDeepThenStillInOnePass() {
		Object structured = HIDDEN;
		for (int depth = 0; depth < 40; depth++) {
			structured = Map.of("deeper", structured, "clean", "x");
		}
		CallToolResult after = (CallToolResult) value(
				run(guard(Handling.STRIP), new Result(new CallToolResult(List.of(), false, structured, null))));
		assertThat(JSON.writeValueAsString(after)).contains("hidden").doesNotContain("\u200B");
	}

	@Test
	void guardWhenFlaggingThenUnchangedAndMarked(CapturedOutput output) {
		CallToolResult before = new CallToolResult(List.of(new TextContent(null, HIDDEN, null)), false,
				Map.of("a", HIDDEN), Map.of("own", 1));
		CallToolResult after = (CallToolResult) value(run(guard(Handling.FLAG), new Result(before)));
		assertThat(after.content()).isEqualTo(before.content());
		assertThat(after.structuredContent()).isEqualTo(before.structuredContent());
		assertThat(after.meta()).containsEntry("own", 1).containsEntry(InvisibleMark.NAME, true);
		assertThat(this.context.attributes()).containsEntry(OutputGuard.INVISIBLE, "flag");
		assertThat(output).contains("c-1", "'echo'", "invisible characters: flag").doesNotContain("hid\u200Bden");
		GetPromptResult prompt = (GetPromptResult) value(
				run(guard(Handling.FLAG), new Result(new GetPromptResult(HIDDEN, List.of(), null))));
		assertThat(prompt.meta()).containsEntry(InvisibleMark.NAME, true);
		ReadResourceResult resource = (ReadResourceResult) value(run(guard(Handling.FLAG), new Result(
				new ReadResourceResult(List.of(new TextResourceContents("a:b", null, HIDDEN, null)), null))));
		assertThat(resource.meta()).containsEntry(InvisibleMark.NAME, true);
	}

	@Test
	void guardWhenKeepingThenNothingIsSaid() {
		Result result = new Result(new CallToolResult(List.of(new TextContent(null, HIDDEN, null)), false, null, null));
		assertThat(run(guard(Handling.KEEP), result)).isSameAs(result);
		assertThat(this.context.attributes()).isEmpty();
	}

	@Test
	void guardWhenTooLargeThenFailsAndSaysWhatToDo(CapturedOutput output) {
		Result large = new Result(new CallToolResult(List.of(), false, Map.of("rows", "x".repeat(3000)), null));
		Failure failure = (Failure) run(guard(Handling.STRIP), large);
		assertThat(failure.kind()).isEqualTo(FailureKind.OUTPUT_TOO_LARGE);
		assertThat(failure.message()).contains("larger than the 2 KB", "Narrow the query", "page");
		assertThat(output).contains("c-1", "mcp.remote.output.max-size");
		assertThat(run(guard(Handling.STRIP),
				new Result(new ReadResourceResult(
						List.of(new BlobResourceContents("a:b", null, "QUJD".repeat(600), null)), null))))
			.isInstanceOf(Failure.class);
		assertThat(run(guard(Handling.STRIP),
				new Result(new GetPromptResult(null,
						List.of(new PromptMessage(Role.USER, new TextContent(null, "x".repeat(3000), null))), null))))
			.isInstanceOf(Failure.class);
	}

	@Test
	void guardWhenTooLargeThenNoFilterSeesIt() {
		List<String> seen = new ArrayList<>();
		OutputGuard guard = guard(Handling.STRIP, (filtered, text) -> {
			seen.add(text);
			return "short";
		});
		Map<String, Object> rows = Map.of("rows", "x".repeat(3000));
		assertThat(run(guard, new Result(new CallToolResult(List.of(), false, rows, null))))
			.isInstanceOf(Failure.class);
		assertThat(run(guard, new Failure(FailureKind.TOLD, "x".repeat(3000), null))).isInstanceOf(Failure.class);
		assertThat(seen).isEmpty();
	}

	@Test
	void guardWhenFilterMakesItTooLargeThenFails() {
		OutputGuard guard = guard(Handling.STRIP, (filtered, text) -> text.repeat(3000));
		Failure failure = (Failure) run(guard,
				new Result(new CallToolResult(List.of(new TextContent(null, "a", null)), false, null, null)));
		assertThat(failure.kind()).isEqualTo(FailureKind.OUTPUT_TOO_LARGE);
		assertThat(((Failure) run(guard, new Failure(FailureKind.TOLD, "a", null))).kind())
			.isEqualTo(FailureKind.OUTPUT_TOO_LARGE);
	}

	@Test
	void guardWhenFiltersThenInOrderAfterStripping() {
		OutputFilter redact = (filtered, text) -> text.replace("secret", "***");
		OutputFilter shout = (filtered, text) -> text + "!";
		Map<String, Object> structured = Map.of("secret", "sec\u200Bret");
		CallToolResult after = (CallToolResult) value(run(guard(Handling.STRIP, redact, shout),
				new Result(new CallToolResult(
						List.of(new TextContent(null, "a sec\u00ADret", null),
								new TextContent(null, JSON.writeValueAsString(structured), null)),
						false, structured, null))));
		assertThat(after.structuredContent()).isEqualTo(Map.of("secret", "***!"));
		assertThat(texts(after).get(0)).isEqualTo("a ***!");
		assertThat(texts(after).get(1)).doesNotContain("sec\u200Bret");
	}

	@Test
	void guardWhenFilterAddsWhatIsInvisibleThenGoesTo() {
		Result result = new Result(new CallToolResult(List.of(new TextContent(null, "a", null)), false, null, null));
		CallToolResult after = (CallToolResult) value(
				run(guard(Handling.STRIP, (filtered, text) -> text + "\u202E"), result));
		assertThat(texts(after)).containsExactly("a");
	}

	@Test
	void guardWhenFilterThrowsThenNothingGetsOut() {
		OutputGuard guard = guard(Handling.STRIP, (filtered, text) -> {
			throw new IllegalStateException("virus");
		});
		assertThatIllegalStateException().isThrownBy(() -> run(guard,
				new Result(new CallToolResult(List.of(new TextContent(null, "a", null)), false, null, null))));
	}

	@Test
	void guardWhenToolSaysWhyItFailedThenItsWordsAreLookedAt() {
		Failure told = new Failure(FailureKind.TOLD, "no such " + HIDDEN, null);
		assertThat(((Failure) run(guard(Handling.STRIP), told)).message()).isEqualTo("no such hidden");
		assertThat(((Failure) run(guard(Handling.STRIP), new Failure(FailureKind.TOLD, "x".repeat(3000), null))).kind())
			.isEqualTo(FailureKind.OUTPUT_TOO_LARGE);
		Failure clean = new Failure(FailureKind.TOLD, "no such thing", null);
		assertThat(run(guard(Handling.STRIP), clean)).isSameAs(clean);
	}

	@Test
	void guardWhenAnythingElseThenPasses() {
		for (CallOutcome outcome : List.of(new Result("x".repeat(5000)), Refusals.methodNotFound("m"),
				new Failure(FailureKind.FAILED, HIDDEN, null))) {
			assertThat(run(guard(Handling.STRIP), outcome)).isSameAs(outcome);
		}
	}

	@Test
	void guardWhenPartsAreMissingThenNotMinded() {
		Result result = new Result(new CallToolResult(List.of(), null, null, null));
		assertThat(run(guard(Handling.STRIP), result)).isSameAs(result);
		Result prompt = new Result(new GetPromptResult(null, List.of(), null));
		assertThat(run(guard(Handling.STRIP), prompt)).isSameAs(prompt);
	}

	private CallOutcome run(OutputGuard guard, CallOutcome outcome) {
		CallChain target = (passed, with) -> outcome;
		return guard.guard(this.call, this.context, target);
	}

	private static Object value(CallOutcome outcome) {
		assertThat(outcome).isInstanceOf(Result.class);
		return ((Result) outcome).value();
	}

	private static List<String> texts(CallToolResult result) {
		return result.content()
			.stream()
			.filter((Content part) -> part instanceof TextContent)
			.map((part) -> ((TextContent) part).text())
			.toList();
	}

	private static OutputGuard guard(Handling handling, OutputFilter... filters) {
		return new OutputGuard(new McpRemoteOutputProperties(true, DataSize.ofKilobytes(2), handling), List.of(filters),
				JSON);
	}

	record Row(String name, Integer count) {

	}

}
