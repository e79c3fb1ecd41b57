// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a session: small, immutable, and made of JSON types only, so that any
 * store can keep it and any replica can go on with it.
 *
 * @param format the version of this record's form
 * @param id the session's id
 * @param owner the key of the caller the session belongs to
 * @param protocolVersion the negotiated protocol revision
 * @param capabilities the client's capabilities as it sent them
 * @param clientInfo what the client says it is
 * @param logLevel the lowest level of log messages the client wants, {@code null} for the
 * default
 * @param subscriptions the URIs of the resources the client wants to hear of
 * @param created when the session began
 * @param lastUsed when the session was last used
 * @since 0.1.0
 */
public record SessionRecord(int format, String id, String owner, String protocolVersion,
		Map<String, Object> capabilities, Map<String, Object> clientInfo, @Nullable String logLevel,
		Set<String> subscriptions, Instant created, Instant lastUsed) {

	/**
	 * The current form of this record.
	 */
	public static final int FORMAT = 1;

	/**
	 * Return a copy that was used last at another time.
	 * @param time the time
	 * @return the copy
	 */
	public SessionRecord usedAt(Instant time) {
		return new SessionRecord(this.format, this.id, this.owner, this.protocolVersion, this.capabilities,
				this.clientInfo, this.logLevel, this.subscriptions, this.created, time);
	}

	/**
	 * Return a copy with another log level.
	 * @param level the log level
	 * @return the copy
	 */
	public SessionRecord withLogLevel(String level) {
		return new SessionRecord(this.format, this.id, this.owner, this.protocolVersion, this.capabilities,
				this.clientInfo, level, this.subscriptions, this.created, this.lastUsed);
	}

	/**
	 * Return a copy with one more subscription.
	 * @param uri the URI of a resource
	 * @return the copy
	 */
	public SessionRecord subscribe(String uri) {
		Set<String> changed = new TreeSet<>(this.subscriptions);
		changed.add(uri);
		return withSubscriptions(changed);
	}

	/**
	 * Return a copy with one subscription less.
	 * @param uri the URI of a resource
	 * @return the copy
	 */
	public SessionRecord unsubscribe(String uri) {
		Set<String> changed = new TreeSet<>(this.subscriptions);
		changed.remove(uri);
		return withSubscriptions(changed);
	}

	private SessionRecord withSubscriptions(Set<String> changed) {
		return new SessionRecord(this.format, this.id, this.owner, this.protocolVersion, this.capabilities,
				this.clientInfo, this.logLevel, Set.copyOf(changed), this.created, this.lastUsed);
	}

	@Override
	public String toString() {
		return "SessionRecord[owner=" + this.owner + ", protocolVersion=" + this.protocolVersion + ", created="
				+ this.created + ", lastUsed=" + this.lastUsed + "]";
	}

}
