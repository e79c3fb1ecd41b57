// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import java.util.List;
import java.util.Locale;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.CallText;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.output.McpRemoteOutputProperties.Handling;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.databind.ObjectMapper;

import org.springframework.util.unit.DataSize;

/**
 * Looks at what tools, prompts and resources gave back before it is sent or kept.
 */
final class OutputGuard implements CallGuard {

	/**
	 * Attribute of calls whose results had invisible characters: what became of them.
	 */
	static final String INVISIBLE = "output.invisible-characters";

	private static final Log logger = LogFactory.getLog(OutputGuard.class);

	private final ObjectMapper json;

	private final ResultTexts texts;

	private final long maxSize;

	private final String tooLarge;

	private final Handling handling;

	private final List<OutputFilter> filters;

	OutputGuard(McpRemoteOutputProperties properties, List<OutputFilter> filters, ObjectMapper json) {
		this.json = json;
		this.texts = new ResultTexts(json);
		this.maxSize = properties.maxSize().toBytes();
		this.tooLarge = "The result is larger than the " + shown(properties.maxSize())
				+ " that this server sends. Narrow the query, ask for fewer fields, or ask for one page at a time.";
		this.handling = properties.invisibleCharacters();
		this.filters = List.copyOf(filters);
	}

	@Override
	public CallStage stage() {
		return CallStage.OUTPUT;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		CallOutcome outcome = next.proceed(call, context);
		if (outcome instanceof Result result && InvisibleMark.fits(result.value())) {
			return checked(call, context, result);
		}
		if (outcome instanceof Failure failure
				&& (failure.kind() == FailureKind.TOLD || failure.kind() == FailureKind.RPC_ERROR)) {
			return told(call, context, failure);
		}
		return outcome;
	}

	private CallOutcome checked(McpCall call, CallContext context, Result result) {
		if (isOver(result.value())) {
			return tooLarge(call);
		}
		TextPass pass = new TextPass(call, this.handling, this.filters);
		Object value = this.texts.pass(result.value(), pass);
		if (pass.hasFound()) {
			noteInvisible(call, context);
			value = (this.handling == Handling.FLAG) ? InvisibleMark.on(value) : value;
		}
		if (value == result.value()) {
			return result;
		}
		return (isOver(value)) ? tooLarge(call) : new Result(value);
	}

	/**
	 * The words of an application's exception may be those of somebody else.
	 */
	private CallOutcome told(McpCall call, CallContext context, Failure failure) {
		if (isOver(failure.message())) {
			return tooLarge(call);
		}
		TextPass pass = new TextPass(call, this.handling, this.filters);
		String message = pass.text(failure.message());
		if (pass.hasFound()) {
			noteInvisible(call, context);
		}
		if (message == failure.message()) {
			return failure;
		}
		return (isOver(message)) ? tooLarge(call) : new Failure(failure.kind(), message, failure.cause());
	}

	/**
	 * Return whether something is too large, which is asked before anybody looks at every
	 * bit of it.
	 */
	private boolean isOver(Object value) {
		return ResultSize.isOver(this.maxSize, value, this.json);
	}

	private void noteInvisible(McpCall call, CallContext context) {
		String handled = this.handling.name().toLowerCase(Locale.ROOT);
		context.attribute(INVISIBLE, handled);
		String note = CallText.of(call) + " gave invisible characters: " + handled;
		if (this.handling == Handling.FLAG) {
			logger.warn(note);
		}
		else {
			logger.debug(note);
		}
	}

	private Failure tooLarge(McpCall call) {
		logger.warn(CallText.of(call) + " gave more than mcp.remote.output.max-size, " + this.maxSize
				+ " bytes, and was answered with a failure");
		return new Failure(FailureKind.OUTPUT_TOO_LARGE, this.tooLarge, null);
	}

	private static String shown(DataSize size) {
		long bytes = size.toBytes();
		if (bytes % DataSize.ofMegabytes(1).toBytes() == 0) {
			return size.toMegabytes() + " MB";
		}
		return (bytes % DataSize.ofKilobytes(1).toBytes() == 0) ? size.toKilobytes() + " KB" : bytes + " bytes";
	}

}
