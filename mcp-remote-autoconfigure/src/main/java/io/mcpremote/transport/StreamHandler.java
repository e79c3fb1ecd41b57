// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.IOException;

import io.mcpremote.call.Caller;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Revision;
import io.mcpremote.session.SessionRecord;
import io.mcpremote.transport.CallRunner.Ending;
import io.mcpremote.wire.WireReply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Serves what only sessions have: a stream to listen to, and an end.
 */
final class StreamHandler {

	private static final String ALLOW = "POST, OPTIONS";

	private final LegacyEra era;

	private final LegacySessions sessions;

	private final CallRunner runner;

	private final OpenStreams streams;

	private final boolean deleteAllowed;

	StreamHandler(LegacyEra era, LegacySessions sessions, CallRunner runner, OpenStreams streams,
			boolean deleteAllowed) {
		this.era = era;
		this.sessions = sessions;
		this.runner = runner;
		this.streams = streams;
		this.deleteAllowed = deleteAllowed;
	}

	void get(HttpServletRequest request, HttpServletResponse response, Caller caller, HttpReply reply)
			throws IOException, RefusedException {
		SessionRecord session = session(request, caller, reply);
		if (!reply.acceptsEventStream()) {
			throw new RefusedException(RefusalReason.NOT_ACCEPTABLE, "The client must accept text/event-stream");
		}
		Ending ending = this.runner.run(this.era.admitStream(session, request, caller, reply), this.era, reply);
		if (ending.stream() != null) {
			this.streams.open(request, response, ending.stream());
		}
		else if (ending.reply() != null) {
			reply.finish(ending.reply());
		}
		else {
			reply.abandon();
		}
	}

	void delete(HttpServletRequest request, Caller caller, HttpReply reply) throws RefusedException {
		SessionRecord session = session(request, caller, reply);
		if (!this.deleteAllowed) {
			throw notAllowed(reply);
		}
		this.sessions.all().end(session);
		reply.finish(WireReply.empty(204));
	}

	private SessionRecord session(HttpServletRequest request, Caller caller, HttpReply reply) throws RefusedException {
		String header = request.getHeader(Envelope.VERSION_HEADER);
		Revision revision = Revision.of(header);
		boolean legacy = header == null || (revision != null && !revision.isModern());
		@Nullable SessionRecord session = (legacy) ? this.sessions.of(request, caller) : null;
		if (session == null) {
			throw notAllowed(reply);
		}
		return session;
	}

	private static RefusedException notAllowed(HttpReply reply) {
		reply.header("Allow", ALLOW);
		return new RefusedException(RefusalReason.METHOD_NOT_ALLOWED,
				"Without a session this endpoint serves POST only");
	}

}
