// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.ScopeElevation;
import io.mcpremote.call.ScopeElevation.Step;
import io.mcpremote.policy.Policy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Follows callers that were told which scopes they need until they come back with them.
 * Remembers a bounded number of them for a while; one that is forgotten is not reported
 * as granted. A caller has one for each entry and policy, however many URIs it tries.
 */
final class Elevations {

	/**
	 * Time enough for a person to sign in and agree.
	 */
	static final Duration TIME_TO_COME_BACK = Duration.ofMinutes(15);

	private static final Log logger = LogFactory.getLog(Elevations.class);

	private final Cache<Key, Set<String>> open;

	private final ApplicationEventPublisher events;

	Elevations(ApplicationEventPublisher events, int maxOpen, Clock clock) {
		this.events = events;
		this.open = Caffeine.newBuilder()
			.ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
			.executor(Runnable::run)
			.maximumSize(maxOpen)
			.expireAfterWrite(TIME_TO_COME_BACK)
			.build();
	}

	/**
	 * Note that a call was refused and its caller told what it takes.
	 */
	void asked(McpCall call, Target target, Set<String> scopes) {
		String entry = target.entry();
		// Reported once in a while, however often the caller tries
		if (entry != null && this.open.asMap().putIfAbsent(key(call, target, entry), scopes) == null) {
			report(Step.ASKED, call, entry, scopes);
		}
	}

	/**
	 * Note that a call was let pass.
	 */
	void succeeded(McpCall call, Target target) {
		String entry = target.entry();
		if (entry == null || this.open.estimatedSize() == 0) {
			return;
		}
		Set<String> scopes = this.open.asMap().remove(key(call, target, entry));
		if (scopes != null) {
			report(Step.GRANTED, call, entry, scopes);
		}
	}

	private void report(Step step, McpCall call, String entry, Set<String> scopes) {
		logger.info("Call " + call.id() + ": " + ((step == Step.ASKED) ? "asked for" : "granted with") + " scopes "
				+ scopes + " for " + call.method() + " of '" + Refusals.shown(entry) + "' by "
				+ Refusals.shown(String.valueOf(call.caller().subject())));
		try {
			this.events.publishEvent(new ScopeElevation(step, call, entry, scopes));
		}
		catch (RuntimeException ex) {
			logger.warn("Call " + call.id() + ": a listener failed to hear of an elevation", ex);
		}
	}

	private static Key key(McpCall call, Target target, String entry) {
		return new Key(call.method(), call.caller().ownerKey(), entry, target.policies());
	}

	/**
	 * Who wants to do what. Nothing in it is as long as a client likes.
	 *
	 * @param method the protocol method
	 * @param owner the key of the caller
	 * @param entry what it is about, as it is listed
	 * @param policies what applies to it, which differs within a template
	 */
	private record Key(String method, String owner, String entry, Set<Policy> policies) {

	}

}
