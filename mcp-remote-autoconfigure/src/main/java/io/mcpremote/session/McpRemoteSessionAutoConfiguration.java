// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.time.Clock;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for sessions of clients that shake hands.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "mcp.remote.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "spring.ai.mcp.server.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "spring.ai.mcp.server.stdio", havingValue = false, matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "mcp.remote.sessions.enabled")
@EnableConfigurationProperties(McpRemoteSessionProperties.class)
public final class McpRemoteSessionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(SessionStore.class)
	InMemorySessionStore mcpRemoteSessionStore(McpRemoteSessionProperties properties,
			ApplicationEventPublisher events) {
		return new InMemorySessionStore(Clock.systemUTC(), properties.idleTimeout(), properties.maxTotal(),
				properties.maxPerOwner(), events);
	}

	@Bean
	Sessions mcpRemoteSessions(SessionStore store, McpRemoteSessionProperties properties,
			ApplicationEventPublisher events) {
		check(properties);
		return new Sessions(store, Clock.systemUTC(), properties, events);
	}

	private static void check(McpRemoteSessionProperties properties) {
		if (properties.idleTimeout().isNegative() || properties.idleTimeout().isZero()) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.sessions.idle-timeout",
					properties.idleTimeout(), "It must be longer than zero.");
		}
		if (properties.answerTimeout().isNegative() || properties.answerTimeout().isZero()) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.sessions.answer-timeout",
					properties.answerTimeout(), "It must be longer than zero.");
		}
		positive("max-total", properties.maxTotal());
		positive("max-per-owner", properties.maxPerOwner());
		positive("max-questions", properties.maxQuestions());
		positive("max-questions-per-caller", properties.maxQuestionsPerCaller());
		positive("max-subscriptions", properties.maxSubscriptions());
		positive("replay-events", properties.replayEvents());
		if (properties.replaySize().isNegative()) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.sessions.replay-size",
					properties.replaySize(), "It must not be negative.");
		}
	}

	private static void positive(String name, int value) {
		if (value < 1) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.sessions." + name, value,
					"It must be at least 1.");
		}
	}

}
