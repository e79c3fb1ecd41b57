// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import io.mcpremote.session.LiveSession;
import io.mcpremote.session.SessionRecord;
import io.mcpremote.transport.RpcMessage.Notification;
import io.mcpremote.transport.RpcMessage.Request;
import io.mcpremote.transport.RpcMessage.Response;
import io.mcpremote.wire.JsonRpcWriter;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Revisions 2024-11-05 to 2025-11-25: clients shake hands and may then have a session,
 * but need none.
 */
final class LegacyEra implements Era {

	static final String SESSION_HEADER = "Mcp-Session-Id";

	static final String OPEN_STREAM = "stream/open";

	private static final Set<String> OWN_METHODS = Set.of("initialize", "ping", "logging/setLevel");

	private static final Set<String> SDK_METHODS = Set.of("tools/list", "tools/call", "prompts/list", "prompts/get",
			"resources/list", "resources/templates/list", "resources/read", "completion/complete",
			"resources/subscribe", "resources/unsubscribe");

	private final RemoteTransportProvider provider;

	private final LegacySessions sessions;

	private final CallsInFlight calls;

	private final JsonRpcWriter json;

	private final McpJsonMapper mapper;

	private final OpenQuestions questions;

	private final Clock clock;

	LegacyEra(RemoteTransportProvider provider, LegacySessions sessions, CallsInFlight calls, JsonRpcWriter json,
			McpJsonMapper mapper, OpenQuestions questions, Clock clock) {
		this.provider = provider;
		this.sessions = sessions;
		this.calls = calls;
		this.json = json;
		this.mapper = mapper;
		this.questions = questions;
		this.clock = clock;
	}

	@Override
	public Revision fallback() {
		return Revision.newestLegacy();
	}

	@Override
	public RunningCall admit(Request request, HttpServletRequest http, Caller caller, HttpReply reply)
			throws RefusedException {
		if (!isImplemented(request.method())) {
			throw new RefusedException(Refusals.methodNotFound(request.method()));
		}
		boolean begins = "initialize".equals(request.method());
		SessionRecord session = (begins) ? null : this.sessions.of(http, caller);
		if (session == null && !begins && this.sessions.areRequired() && !"ping".equals(request.method())) {
			throw sessionRequired();
		}
		RequestMeta meta = RequestMeta.of(request.params());
		Targets.checkArguments(request.params());
		ClientProfile client = (session != null) ? this.sessions.client(session) : ClientProfile.ANONYMOUS;
		McpCall call = new McpCall(CallIds.next(), revision(http, session), request.method(),
				Targets.of(request.method(), request.params()), request.params(), caller,
				(session != null) ? session.id() : null, meta.progressToken(), meta.trace(), this.clock.instant(),
				client.claim());
		if (session == null) {
			return running(call, client, new StatelessChannel(), reply, request.id());
		}
		LiveSession live = this.sessions.live(session);
		reply.resumable(live, call.revision().compareTo(Revision.V2025_11_25) >= 0);
		SessionChannel channel = new SessionChannel(live, reply::send, this.json, this.questions, caller,
				logLevel(session));
		return running(call, client, channel, reply, request.id());
	}

	/**
	 * Turn the wish to listen to a session's stream into a call.
	 */
	RunningCall admitStream(SessionRecord session, HttpServletRequest http, Caller caller, HttpReply reply) {
		String lastEventId = http.getHeader("Last-Event-ID");
		Map<String, Object> params = (lastEventId != null) ? Map.of("lastEventId", lastEventId) : Map.of();
		ClientProfile client = this.sessions.client(session);
		McpCall call = new McpCall(CallIds.next(), revision(http, session), OPEN_STREAM, null, params, caller,
				session.id(), null, McpCall.TraceContext.NONE, this.clock.instant(), client.claim());
		return running(call, client, new StatelessChannel(), reply, call.id());
	}

	@Override
	public void accept(Notification notification, HttpServletRequest http, Caller caller) throws RefusedException {
		SessionRecord session = this.sessions.of(http, caller);
		if (session == null) {
			return;
		}
		Object requestId = notification.params().get("requestId");
		if ("notifications/cancelled".equals(notification.method()) && requestId != null) {
			this.calls.cancel(CallsInFlight.key(session.id(), requestId));
		}
		else if ("notifications/roots/list_changed".equals(notification.method())) {
			rootsChanged(notification, session, http, caller);
		}
	}

	@Override
	public void accept(Response response, HttpServletRequest http, Caller caller) throws RefusedException {
		SessionRecord session = this.sessions.of(http, caller);
		if (session == null) {
			throw new RefusedException(RefusalReason.INVALID_REQUEST,
					"Invalid request: without a session there is nothing to respond to");
		}
		// Too late is no fault of the client
		this.sessions.live(session).answer(response.id(), response.body());
	}

	@Override
	public byte[] shape(McpCall call, Object result) {
		return this.json.json(result);
	}

	@Override
	public byte[] shape(McpCall call, InputRequired required) {
		throw new IllegalStateException("Clients of this revision are asked while their call waits");
	}

	@Override
	public boolean cancelsOnDisconnect() {
		return false;
	}

	/**
	 * Check the session that a batch names for all its messages.
	 * @throws RefusedException if the caller has no such session, or should have named
	 * one
	 */
	void checkSession(HttpServletRequest http, Caller caller) throws RefusedException {
		if (this.sessions.of(http, caller) == null && this.sessions.areRequired()) {
			throw sessionRequired();
		}
	}

	private static RefusedException sessionRequired() {
		return new RefusedException(RefusalReason.SESSION_REQUIRED,
				"This server requires a session: initialize first and send the " + SESSION_HEADER + " header");
	}

	private boolean isImplemented(String method) {
		return OWN_METHODS.contains(method)
				|| (SDK_METHODS.contains(method) && this.provider.handlers().supports(method));
	}

	private void rootsChanged(Notification notification, SessionRecord session, HttpServletRequest http,
			Caller caller) {
		LiveSession live = this.sessions.live(session);
		AtomicBoolean asking = live.attach(AtomicBoolean.class, new AtomicBoolean());
		if (!live.isListening() || !asking.compareAndSet(false, true)) {
			return;
		}
		McpCall call = new McpCall(CallIds.next(), revision(http, session), notification.method(), null,
				notification.params(), caller, session.id(), null, McpCall.TraceContext.NONE, this.clock.instant());
		SessionChannel channel = new SessionChannel(live, (message) -> {
			live.standalone().append(message);
			return true;
		}, this.json, this.questions, caller, logLevel(session));
		RunningCall running = new RunningCall(call, this.sessions.client(session), channel, Reply.NOWHERE,
				RunningCall.ToolCheck.NONE, this.mapper, call.id());
		this.provider.handlers()
			.accept(notification.method(), RemoteExchange.of(running), notification.params())
			.onErrorComplete()
			.doFinally((signal) -> asking.set(false))
			.subscribe();
	}

	private RunningCall running(McpCall call, ClientProfile client, ClientChannel channel, Reply reply,
			Object requestId) {
		return new RunningCall(call, client, channel, reply, RunningCall.ToolCheck.NONE, this.mapper, requestId);
	}

	private static Revision revision(HttpServletRequest http, @Nullable SessionRecord session) {
		Revision negotiated = (session != null) ? Revision.of(session.protocolVersion()) : null;
		if (negotiated != null) {
			return negotiated;
		}
		Revision header = Revision.of(http.getHeader(Envelope.VERSION_HEADER));
		// Clients older than the header do not send it
		return (header != null) ? header : Revision.V2025_03_26;
	}

	private static LoggingLevel logLevel(SessionRecord session) {
		LoggingLevel level = (session.logLevel() != null) ? LoggingLevel.fromValue(session.logLevel()) : null;
		return (level != null) ? level : LoggingLevel.INFO;
	}

}
