// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed of calls, and under which names: those of OpenTelemetry's conventions
 * for MCP, where there are any.
 *
 * @since 0.1.0
 */
public enum CallObservationDocumentation implements ObservationDocumentation {

	/**
	 * A call, from its first guard until its client is answered.
	 */
	CALL {

		@Override
		public Class<? extends ObservationConvention<? extends Context>> getDefaultConvention() {
			return DefaultCallObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

	};

	/**
	 * Keys of meters and spans. On spans, those that do not apply are left out.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * The method of the protocol, or {@code _unknown_} if it has no such method.
		 */
		METHOD_NAME {
			@Override
			public String asString() {
				return "mcp.method.name";
			}
		},

		/**
		 * The revision of the protocol.
		 */
		PROTOCOL_VERSION {
			@Override
			public String asString() {
				return "mcp.protocol.version";
			}
		},

		/**
		 * The tool, or {@code _unknown_} if there is none of that name.
		 */
		TOOL_NAME {
			@Override
			public String asString() {
				return "gen_ai.tool.name";
			}
		},

		/**
		 * The prompt, or {@code _unknown_} if there is none of that name.
		 */
		PROMPT_NAME {
			@Override
			public String asString() {
				return "gen_ai.prompt.name";
			}
		},

		/**
		 * The URI or the template under which the resource is listed, or
		 * {@code _unknown_}. Never the URI that a client has made from a template.
		 */
		RESOURCE_URI {
			@Override
			public String asString() {
				return "mcp.resource.uri";
			}
		},

		/**
		 * What went wrong, in one of a fixed number of words.
		 */
		ERROR_TYPE {
			@Override
			public String asString() {
				return "error.type";
			}
		}

	}

	/**
	 * Keys of spans.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * The id under which logs, audit and the client know the call.
		 */
		CALL_ID {
			@Override
			public String asString() {
				return "mcp.remote.call.id";
			}
		},

		/**
		 * {@code execute_tool} for calls of tools.
		 */
		OPERATION_NAME {
			@Override
			public String asString() {
				return "gen_ai.operation.name";
			}
		},

		/**
		 * Always {@code http}.
		 */
		NETWORK_PROTOCOL_NAME {
			@Override
			public String asString() {
				return "network.protocol.name";
			}
		},

		/**
		 * Always {@code tcp}.
		 */
		NETWORK_TRANSPORT {
			@Override
			public String asString() {
				return "network.transport";
			}
		}

	}

}
