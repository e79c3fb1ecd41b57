// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.mcpremote.observe.CallObservationDocumentation.HighCardinalityKeyNames;
import io.mcpremote.observe.CallObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * OpenTelemetry's conventions for MCP servers.
 *
 * @since 0.1.0
 */
public class DefaultCallObservationConvention implements CallObservationConvention {

	static final String NAME = "mcp.server.operation.duration";

	private static final KeyValues NETWORK = KeyValues.of(HighCardinalityKeyNames.NETWORK_PROTOCOL_NAME.asString(),
			"http", HighCardinalityKeyNames.NETWORK_TRANSPORT.asString(), "tcp");

	private static final KeyValue EXECUTE_TOOL = HighCardinalityKeyNames.OPERATION_NAME.withValue("execute_tool");

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(CallObservationContext context) {
		String target = CallObservationContext.NONE.equals(context.getTool()) ? context.getPrompt() : context.getTool();
		return CallObservationContext.NONE.equals(target) ? context.getMethod() : context.getMethod() + ' ' + target;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
		// Asked for twice, and most calls end as they have begun
		return context.keys(DefaultCallObservationConvention::keys);
	}

	private static KeyValues keys(CallObservationContext context) {
		return KeyValues.of(LowCardinalityKeyNames.ERROR_TYPE.withValue(context.getErrorType()),
				LowCardinalityKeyNames.PROMPT_NAME.withValue(context.getPrompt()),
				LowCardinalityKeyNames.TOOL_NAME.withValue(context.getTool()),
				LowCardinalityKeyNames.METHOD_NAME.withValue(context.getMethod()),
				LowCardinalityKeyNames.PROTOCOL_VERSION.withValue(context.getCall().revision().text()),
				LowCardinalityKeyNames.RESOURCE_URI.withValue(context.getResource()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(CallObservationContext context) {
		if (!context.isTraced() || !context.hasEnded()) {
			// Spans get them at the end, and nothing else does
			return KeyValues.empty();
		}
		KeyValues all = NETWORK.and(HighCardinalityKeyNames.CALL_ID.withValue(context.getCall().id()));
		return ("tools/call".equals(context.getMethod())) ? all.and(EXECUTE_TOOL) : all;
	}

}
