// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/**
 * Runs the application's tools, prompts, resources and completions.
 */
final class TargetMethods {

	static final String TOOLS_CALL = "tools/call";

	static final String PROMPTS_GET = "prompts/get";

	static final String RESOURCES_READ = "resources/read";

	static final String COMPLETE = "completion/complete";

	private static final String WRONG_TYPE = "a parameter does not have the expected type";

	private static final Failure CANCELLED = new Failure(FailureKind.CANCELLED, "The call was cancelled.", null);

	private final RemoteTransportProvider provider;

	private final ServerCatalog catalog;

	private final TargetScope scope;

	private final Clock clock;

	TargetMethods(RemoteTransportProvider provider, ServerCatalog catalog, TargetScope scope, Clock clock) {
		this.scope = scope;
		this.clock = clock;
		this.provider = provider;
		this.catalog = catalog;
	}

	CallOutcome handle(McpCall call, RunningCall running) {
		Refusal refusal = check(call, running);
		return (refusal != null) ? refusal : invoke(call, running, RemoteExchange.of(running));
	}

	private CallOutcome invoke(McpCall call, RunningCall running, RemoteExchange exchange) {
		Refusal refusal = running.channel().begin();
		if (refusal != null) {
			return refusal;
		}
		if (!running.enter(this.clock.instant())) {
			return CANCELLED;
		}
		CallOutcome outcome;
		try {
			outcome = run(call, running, exchange);
		}
		finally {
			running.leave();
		}
		CallOutcome required = running.channel().required();
		return (required != null) ? required : told(running, outcome);
	}

	/**
	 * Some tools turn what tells them that their client cannot be asked into a result.
	 */
	private static CallOutcome told(RunningCall running, CallOutcome outcome) {
		Refusal unasked = running.questions().unasked();
		boolean failed = outcome instanceof CallOutcome.Result result && result.value() instanceof CallToolResult tool
				&& Boolean.TRUE.equals(tool.isError());
		return (failed && unasked != null) ? unasked : outcome;
	}

	private CallOutcome run(McpCall call, RunningCall running, RemoteExchange exchange) {
		Mono<Object> handling;
		try {
			handling = this.provider.handlers().handle(call.method(), exchange, sdkParams(call));
		}
		catch (JacksonException ex) {
			return Refusals.invalidParams(WRONG_TYPE);
		}
		catch (IllegalArgumentException ex) {
			// The SDK wraps what its mapper throws
			return (ex.getCause() instanceof JacksonException) ? Refusals.invalidParams(WRONG_TYPE)
					: CallErrors.outcomeOf(call, ex);
		}
		try {
			Object result = this.scope.block(handling, running, exchange.transportContext());
			return (result != null) ? new CallOutcome.Result(CompletionValues.bounded(result))
					: CallErrors.outcomeOf(call, new IllegalStateException("The target gave no result"));
		}
		catch (Exception | StackOverflowError | LinkageError | AssertionError ex) {
			CallOutcome required = running.channel().required();
			if (required != null) {
				return required;
			}
			Refusal unasked = running.questions().unasked();
			return (unasked != null && CallErrors.isWrapped(ex)) ? unasked : this.scope.outcomeOf(call, ex);
		}
	}

	private @Nullable Refusal check(McpCall call, RunningCall running) {
		return switch (call.method()) {
			case TOOLS_CALL -> checkTool(call, running);
			case PROMPTS_GET -> checkPrompt(call, running);
			case RESOURCES_READ -> (call.target() == null) ? Refusals.invalidParams("uri must be a string") : null;
			default -> checkCompletion(call);
		};
	}

	private @Nullable Refusal checkTool(McpCall call, RunningCall running) {
		if (call.target() == null) {
			return Refusals.invalidParams("name must be a string");
		}
		ListCatalog.Entry tool = this.catalog.find(ListKind.TOOLS, call.target(), running);
		return (tool != null) ? null : Refusals.unknownTarget("tool", call.target());
	}

	private @Nullable Refusal checkPrompt(McpCall call, RunningCall running) {
		if (call.target() == null) {
			return Refusals.invalidParams("name must be a string");
		}
		ListCatalog.Entry entry = this.catalog.find(ListKind.PROMPTS, call.target(), running);
		if (entry == null) {
			return Refusals.unknownTarget("prompt", call.target());
		}
		List<PromptArgument> declared = ((Prompt) entry.item()).arguments();
		for (PromptArgument argument : (declared != null) ? declared : List.<PromptArgument>of()) {
			if (Boolean.TRUE.equals(argument.required()) && call.arguments().get(argument.name()) == null) {
				return Refusals.invalidParams("the prompt needs the argument '" + argument.name() + "'");
			}
		}
		return null;
	}

	private static @Nullable Refusal checkCompletion(McpCall call) {
		if (!(call.params().get("ref") instanceof Map<?, ?> ref) || !(ref.get("type") instanceof String type)) {
			return Refusals.invalidParams("ref must be a reference to a prompt or a resource");
		}
		boolean complete = switch (type) {
			case "ref/prompt" -> ref.get("name") instanceof String;
			// The SDK fails at an empty one
			case "ref/resource" -> ref.get("uri") instanceof String uri && !uri.isBlank();
			default -> false;
		};
		if (!complete) {
			return Refusals.invalidParams("ref must be a ref/prompt with a name or a ref/resource with a uri");
		}
		boolean argument = call.params().get("argument") instanceof Map<?, ?> map && map.get("name") instanceof String
				&& map.get("value") instanceof String;
		return (argument) ? null : Refusals.invalidParams("argument must have a name and a value");
	}

	private static Object sdkParams(McpCall call) {
		if (TOOLS_CALL.equals(call.method()) && call.target() != null) {
			return toolRequest(call, call.target());
		}
		if (call.params().get("arguments") != null || !PROMPTS_GET.equals(call.method())) {
			return call.params();
		}
		// Spring AI takes it for granted that there are arguments
		Map<String, Object> params = new HashMap<>(call.params());
		params.put("arguments", Map.of());
		return params;
	}

	@SuppressWarnings("unchecked")
	private static CallToolRequest toolRequest(McpCall call, String name) {
		Map<String, Object> meta = (Map<String, Object>) call.params().get("_meta");
		// Tools may change what they are given; guards still want to know what was sent
		return new CallToolRequest(name, (Map<String, Object>) JsonCopy.of(call.arguments()),
				(meta != null) ? (Map<String, Object>) JsonCopy.of(meta) : null);
	}

}
