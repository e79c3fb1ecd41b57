// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Enumeration;
import java.util.Map;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import io.mcpremote.transport.RpcMessage.Request;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of a modern request: metadata that must be there, and headers that must
 * agree with the message.
 */
final class Envelope {

	static final String VERSION_HEADER = "MCP-Protocol-Version";

	static final String METHOD_HEADER = "Mcp-Method";

	static final String NAME_HEADER = "Mcp-Name";

	private Envelope() {
	}

	/**
	 * Return the metadata of a request, if it is complete.
	 */
	static RequestMeta of(Request request) throws RefusedException {
		if (!(request.params().get("_meta") instanceof Map<?, ?> meta)) {
			throw invalid("missing _meta");
		}
		if (!(meta.get(RequestMeta.PROTOCOL_VERSION) instanceof String)) {
			throw invalid("missing _meta[\"" + RequestMeta.PROTOCOL_VERSION + "\"]");
		}
		if (!(meta.get(RequestMeta.CLIENT_CAPABILITIES) instanceof Map<?, ?>)) {
			throw invalid("missing _meta[\"" + RequestMeta.CLIENT_CAPABILITIES + "\"]");
		}
		Object info = meta.get(RequestMeta.CLIENT_INFO);
		boolean named = info instanceof Map<?, ?> map && map.get("name") instanceof String
				&& map.get("version") instanceof String;
		if (info != null && !named) {
			throw invalid("_meta[\"" + RequestMeta.CLIENT_INFO + "\"] must have a name and a version");
		}
		return RequestMeta.of(request.params());
	}

	static Revision revision(RequestMeta meta, HttpServletRequest http) throws RefusedException {
		String claimed = String.valueOf(meta.values().get(RequestMeta.PROTOCOL_VERSION));
		String header = single(http, VERSION_HEADER);
		if (!claimed.equals(header)) {
			throw mismatched(VERSION_HEADER, header, claimed);
		}
		Revision revision = Revision.of(claimed);
		if (revision == null || !revision.isModern()) {
			throw new RefusedException(Refusals.unsupportedVersion(claimed));
		}
		return revision;
	}

	static void checkMethod(Request request, HttpServletRequest http) throws RefusedException {
		String header = single(http, METHOD_HEADER);
		if (!request.method().equals(header)) {
			throw mismatched(METHOD_HEADER, header, request.method());
		}
	}

	static void checkName(Request request, HttpServletRequest http) throws RefusedException {
		String parameter = Targets.parameter(request.method());
		if (parameter == null || !(request.params().get(parameter) instanceof String name)) {
			return;
		}
		String header = single(http, NAME_HEADER);
		String decoded = (header != null) ? HeaderValue.decode(header) : null;
		if (!name.equals(decoded)) {
			throw mismatched(NAME_HEADER, header, name);
		}
	}

	@SuppressWarnings("unchecked")
	static ClientProfile client(RequestMeta meta) {
		return ClientProfile.of(
				(Map<String, Object>) meta.values().getOrDefault(RequestMeta.CLIENT_CAPABILITIES, Map.of()),
				(Map<String, Object>) meta.values().get(RequestMeta.CLIENT_INFO));
	}

	static Refusal mismatch(String message) {
		return Refusals.of(RefusalReason.HEADER_MISMATCH, "Header mismatch: " + message);
	}

	private static @Nullable String single(HttpServletRequest http, String name) throws RefusedException {
		Enumeration<String> values = http.getHeaders(name);
		if (!values.hasMoreElements()) {
			return null;
		}
		String value = values.nextElement().strip();
		if (values.hasMoreElements()) {
			throw new RefusedException(mismatch(name + " is there more than once"));
		}
		return value;
	}

	private static RefusedException mismatched(String name, @Nullable String header, String body) {
		if (header == null) {
			return new RefusedException(mismatch("the required header " + name + " is missing"));
		}
		return new RefusedException(mismatch(name + " header value '" + Refusals.shown(header)
				+ "' does not match body value '" + Refusals.shown(body) + "'"));
	}

	private static RefusedException invalid(String message) {
		return new RefusedException(RefusalReason.INVALID_ENVELOPE, "Invalid params: " + message);
	}

}
