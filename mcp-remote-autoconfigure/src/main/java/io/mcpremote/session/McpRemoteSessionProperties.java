// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of sessions.
 *
 * @param enabled Whether clients of protocol revisions with a handshake get a session.
 * Without one they cannot be asked for input.
 * @param required Whether requests of those revisions are refused unless they name a
 * session.
 * @param idleTimeout Time after which an unused session ends.
 * @param maxTotal Number of sessions this server keeps at most.
 * @param maxPerOwner Number of sessions one caller has at most. The one unused for
 * longest ends to make room.
 * @param maxSubscriptions Number of resources one session subscribes to at most.
 * @param answerTimeout Time a client has to answer a question, which may be put to a
 * person.
 * @param maxQuestions Number of calls that may wait for the answers of their clients at
 * the same time, each of which holds a thread.
 * @param maxQuestionsPerCaller Number of these that may be one caller's.
 * @param replayEvents Number of recent events kept per session for clients that lost
 * their connection.
 * @param replaySize Total size of these events per session.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.sessions")
public record McpRemoteSessionProperties(@DefaultValue("false") boolean enabled,
		@DefaultValue("false") boolean required, @DefaultValue("30m") Duration idleTimeout,
		@DefaultValue("10000") int maxTotal, @DefaultValue("100") int maxPerOwner,
		@DefaultValue("100") int maxSubscriptions, @DefaultValue("5m") Duration answerTimeout,
		@DefaultValue("100") int maxQuestions, @DefaultValue("10") int maxQuestionsPerCaller,
		@DefaultValue("100") int replayEvents, @DefaultValue("256KB") DataSize replaySize) {

}
