// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;

import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import io.mcpremote.transport.RpcMessage.Notification;
import io.mcpremote.transport.RpcMessage.Request;
import io.mcpremote.transport.RpcMessage.Response;
import io.modelcontextprotocol.json.McpJsonMapper;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Revision 2026-07-28: each request says everything about itself, in its metadata and
 * again in headers, and nothing is remembered between requests.
 */
final class ModernEra implements Era {

	private static final Set<String> OWN_METHODS = Set.of("server/discover", "subscriptions/listen");

	private static final Set<String> SDK_METHODS = Set.of("tools/list", "tools/call", "prompts/list", "prompts/get",
			"resources/list", "resources/templates/list", "resources/read", "completion/complete");

	private static final Set<String> WITH_ROUNDS = Set.of("tools/call", "prompts/get", "resources/read");

	private final RemoteTransportProvider provider;

	private final RequestRounds rounds;

	private final ModernResults results;

	private final McpJsonMapper mapper;

	private final Clock clock;

	ModernEra(RemoteTransportProvider provider, RequestRounds rounds, ModernResults results, McpJsonMapper mapper,
			Clock clock) {
		this.provider = provider;
		this.rounds = rounds;
		this.results = results;
		this.mapper = mapper;
		this.clock = clock;
	}

	@Override
	public Revision fallback() {
		return Revision.V2026_07_28;
	}

	@Override
	public RunningCall admit(Request request, HttpServletRequest http, Caller caller, HttpReply reply)
			throws RefusedException {
		// The order is forced: clients tell eras apart by which of these comes first
		RequestMeta meta = Envelope.of(request);
		Revision revision = Envelope.revision(meta, http);
		Envelope.checkMethod(request, http);
		checkImplemented(request.method());
		Envelope.checkName(request, http);
		String target = Targets.of(request.method(), request.params());
		ClientProfile client = Envelope.client(meta);
		McpCall call = new McpCall(CallIds.next(), revision, request.method(), target, request.params(), caller, null,
				meta.progressToken(), meta.trace(), this.clock.instant(), client.claim());
		RoundsChannel channel = this.rounds.open(call, meta.logLevel());
		Targets.checkArguments(request.params());
		return new RunningCall(call, client, channel, reply, (tool, ignored) -> checkParams(tool, call, http),
				this.mapper, request.id());
	}

	@Override
	public void accept(Notification notification, HttpServletRequest http, Caller caller) throws RefusedException {
		// None is defined; what comes from older habits does no harm
		Revision revision = Revision.of(http.getHeader(Envelope.VERSION_HEADER));
		if (revision == null || !revision.isModern()) {
			throw new RefusedException(RefusalReason.HEADER_MISMATCH, "Header mismatch: " + Envelope.VERSION_HEADER
					+ " does not name a revision for which notifications are accepted here");
		}
	}

	@Override
	public void accept(Response response, HttpServletRequest http, Caller caller) throws RefusedException {
		throw new RefusedException(RefusalReason.INVALID_REQUEST,
				"Invalid request: clients of this revision send no responses");
	}

	@Override
	public byte[] shape(McpCall call, Object result) {
		return this.results.complete(call, result);
	}

	@Override
	public byte[] shape(McpCall call, InputRequired required) {
		return this.results.inputRequired(required);
	}

	@Override
	public boolean cancelsOnDisconnect() {
		return true;
	}

	/**
	 * Return whether calls of a method may end with questions to the client.
	 */
	static boolean hasRounds(String method) {
		return WITH_ROUNDS.contains(method);
	}

	private void checkImplemented(String method) throws RefusedException {
		boolean implemented = OWN_METHODS.contains(method)
				|| (SDK_METHODS.contains(method) && this.provider.handlers().supports(method));
		if (!implemented) {
			throw new RefusedException(Refusals.methodNotFound(method));
		}
	}

	private static @Nullable Refusal checkParams(ListCatalog.Entry tool, McpCall call, HttpServletRequest http) {
		Map<String, Object> arguments = call.arguments();
		for (ParamHeaders.Header header : tool.paramHeaders().headers()) {
			Object argument = header.valueIn(arguments);
			if (argument == null) {
				continue;
			}
			Enumeration<String> values = http.getHeaders(header.name());
			if (!values.hasMoreElements()) {
				return Envelope.mismatch(header.name() + " is missing although the argument has a value");
			}
			String decoded = HeaderValue.decode(values.nextElement());
			if (values.hasMoreElements()) {
				return Envelope.mismatch(header.name() + " is there more than once");
			}
			if (decoded == null) {
				return Envelope.mismatch(header.name() + " is malformed");
			}
			if (!header.matches(decoded, argument)) {
				return Envelope.mismatch(header.name() + " does not match the argument");
			}
		}
		return null;
	}

}
