// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.util.List;

import com.networknt.schema.Error;
import io.mcpremote.call.ArgumentGuard;
import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.ToolCatalog;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * Tells the model which argument does not fit the tool's input schema, and why, instead
 * of calling the tool.
 */
final class SchemaGuard implements ArgumentGuard {

	private static final String TOOLS_CALL = "tools/call";

	private final ToolCatalog tools;

	private final InputSchemas schemas;

	SchemaGuard(ToolCatalog tools, InputSchemas schemas) {
		this.tools = tools;
		this.schemas = schemas;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		Tool tool = (TOOLS_CALL.equals(call.method()) && call.target() != null)
				? this.tools.find(call.target(), context) : null;
		if (tool != null) {
			List<Error> errors = this.schemas.of(tool).errors(call.arguments());
			if (!errors.isEmpty()) {
				return new Failure(FailureKind.INVALID_ARGUMENTS, told(errors), null);
			}
		}
		return next.proceed(call, context);
	}

	/**
	 * Each message is composed when it is asked for, and there may be very many.
	 */
	static String told(List<Error> errors) {
		return Fault.told(errors.stream().limit(Fault.MAX_FAULTS).map(SchemaGuard::fault).toList(), errors.size());
	}

	private static Fault fault(Error error) {
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
			path.append((i > 0) ? "." : "").append(error.getInstanceLocation().getElement(i));
		}
		return new Fault(path.toString(), error.getMessage());
	}

}
