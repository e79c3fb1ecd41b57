// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One thing that happened: a call, a refusal, a failed sign-in, the beginning of a
 * session. Holds nothing secret: whatever looks like a secret was replaced before.
 *
 * @param id identifies the event; for a call, the id of the call
 * @param time when it happened
 * @param type what kind of thing happened
 * @param actor who did it
 * @param client by which program, and in which session
 * @param action what was to be done, {@code null} if nothing is known of that
 * @param ending what became of it, {@code null} for an intent
 * @param details anything else, a few short values
 * @since 0.1.0
 */
public record AuditEvent(String id, Instant time, Type type, Actor actor, Client client, @Nullable Action action,
		@Nullable Ending ending, Map<String, String> details) {

	/**
	 * Kinds of events.
	 */
	public enum Type {

		/**
		 * A call has ended, or its client has been answered.
		 */
		CALL,

		/**
		 * The target of a call has come to its end after its client had been answered
		 * that its time was over.
		 */
		LATE,

		/**
		 * A call is about to run its target; on record first if audit is required.
		 */
		INTENT,

		/**
		 * A request was refused before it became a call.
		 */
		REFUSED_REQUEST,

		/**
		 * Somebody could not show who they are.
		 */
		AUTHENTICATION_FAILURE,

		/**
		 * A caller was told which scopes a call takes, or came back with them.
		 */
		SCOPE_ELEVATION,

		/**
		 * A session began.
		 */
		SESSION_STARTED,

		/**
		 * A session ended.
		 */
		SESSION_ENDED,

		/**
		 * The server takes no new calls.
		 */
		DRAIN,

		/**
		 * Events were lost, as many as the details say.
		 */
		LOSS

	}

	/**
	 * On whose behalf something was done.
	 *
	 * @param subject the authenticated caller
	 * @param issuer who vouches for the subject
	 * @param clientId the OAuth client, or the API key
	 * @param tenant the tenant of the caller
	 * @param address the network address
	 */
	public record Actor(@Nullable String subject, @Nullable String issuer, @Nullable String clientId,
			@Nullable String tenant, @Nullable String address) {

		/**
		 * Nobody in particular, such as the server itself.
		 */
		public static final Actor NONE = new Actor(null, null, null, null, null);

	}

	/**
	 * The program that was used.
	 *
	 * @param claimedName what it calls itself, unverified
	 * @param claimedVersion the version it claims, unverified
	 * @param era {@code legacy} or {@code modern}
	 * @param protocol the protocol revision
	 * @param session a name of the session from which the session id cannot be found out
	 */
	public record Client(@Nullable String claimedName, @Nullable String claimedVersion, @Nullable String era,
			@Nullable String protocol, @Nullable String session) {

		/**
		 * Nothing is known of the program.
		 */
		public static final Client UNKNOWN = new Client(null, null, null, null, null);

	}

	/**
	 * What was to be done.
	 *
	 * @param method the protocol method, {@code null} if it was not read
	 * @param target the tool, prompt or resource as called, cut short
	 * @param version the version of the tool
	 * @param arguments the arguments as JSON after redaction, {@code null} if they are
	 * not recorded
	 * @param traceId the trace it is part of
	 */
	public record Action(@Nullable String method, @Nullable String target, @Nullable String version,
			@Nullable String arguments, @Nullable String traceId) {

	}

	/**
	 * What became of a call.
	 *
	 * @param outcome in a word, such as {@code ok}, {@code refused} or {@code failed}
	 * @param stage the stage that decided, {@code target} if it was the target itself
	 * @param reason why it was refused or failed, one of a fixed number
	 * @param error the class of the exception behind it
	 * @param duration how long the client waited
	 * @param size how many characters the contents of the result have, {@code null} if
	 * unknown
	 * @param cached whether the result was remembered from an earlier call
	 * @param confirmation what a person has said, if one was asked
	 */
	public record Ending(String outcome, String stage, @Nullable String reason, @Nullable String error,
			Duration duration, @Nullable Long size, boolean cached, @Nullable String confirmation) {

	}

}
