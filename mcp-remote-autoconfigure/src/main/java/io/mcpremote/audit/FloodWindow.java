// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Ending;
import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.audit.FloodCount.Verdict;
import io.mcpremote.call.Caller;
import io.mcpremote.call.NetworkAddress;

/**
 * The refusals of one minute, counted for each caller and reason as long as there are not
 * too many of those. Whoever comes as many callers uses up what is theirs, not what is
 * there for others. Each refusal is either in what is recorded when the window closes, or
 * comes too late: callers do not wait for each other to make sure of that.
 */
final class FloodWindow {

	/**
	 * How many are recorded one by one.
	 */
	static final int FIRST = 5;

	/**
	 * Of how many callers and reasons, for each type of event, and again of those who are
	 * signed in.
	 */
	static final int MAX_KEYS = 500;

	/**
	 * How many of these one user may have, with whatever clients, or the addresses of one
	 * provider.
	 */
	static final int MAX_OF_GROUP = 50;

	private final Map<Key, FloodCount> counts = new ConcurrentHashMap<>();

	private final Map<Object, AtomicInteger> used = new ConcurrentHashMap<>();

	private final Instant end;

	private volatile boolean closed;

	FloodWindow(Instant end) {
		this.end = end;
	}

	Instant end() {
		return this.end;
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Note a refusal. If the window turns out to be closed afterwards, it is to be closed
	 * once more, for what was not yet there the first time.
	 */
	Verdict admit(Type type, String stage, String reason, Caller caller) {
		Key key = new Key(type, stage, reason, Crowd.NONE, caller.usageKey());
		FloodCount known = this.counts.get(key);
		if (known != null) {
			return known.add(FIRST);
		}
		Key limited = limited(key, caller);
		Actor actor = actor(limited.crowd, caller);
		FloodCount count = this.counts.computeIfAbsent(limited, (absent) -> new FloodCount(actor));
		return count.add((limited.crowd == Crowd.NONE) ? FIRST : 0);
	}

	/**
	 * Return the key itself or, if there are too many, one for those of the same user or
	 * provider, or for all, of which there are as many as there are reasons.
	 */
	private Key limited(Key key, Caller caller) {
		AtomicInteger all = used(new Budget(key.type, !caller.isAnonymous()));
		if (all.get() < MAX_KEYS) {
			String group = (caller.isAnonymous()) ? NetworkAddress.provider(caller.address()) : caller.userKey();
			if (used(new Group(key.type, group)).incrementAndGet() > MAX_OF_GROUP) {
				return new Key(key.type, key.stage, key.reason, Crowd.GROUP, group);
			}
			if (all.incrementAndGet() <= MAX_KEYS) {
				return key;
			}
		}
		return new Key(key.type, key.stage, key.reason, Crowd.ALL, "");
	}

	private AtomicInteger used(Object budget) {
		return this.used.computeIfAbsent(budget, (absent) -> new AtomicInteger());
	}

	/**
	 * Return what is true of everybody who is counted together.
	 */
	private static Actor actor(Crowd crowd, Caller caller) {
		Actor actor = CallRecords.actor(caller);
		return switch (crowd) {
			case NONE -> actor;
			case GROUP -> (caller.isAnonymous()) ? Actor.NONE
					: new Actor(actor.subject(), actor.issuer(), null, actor.tenant(), null);
			case ALL -> Actor.NONE;
		};
	}

	/**
	 * Let nothing be counted any more, and record what has been.
	 */
	void close(Instant now, Consumer<AuditEvent> summaries) {
		this.closed = true;
		this.counts.forEach((key, count) -> {
			long more = count.close() - ((key.crowd == Crowd.NONE) ? FIRST : 0);
			if (more > 0) {
				summaries.accept(new AuditEvent(UUID.randomUUID().toString(), now, key.type, count.actor(),
						Client.UNKNOWN, null,
						new Ending(Endings.REFUSED, key.stage, key.reason, null, Duration.ZERO, null, false, null),
						details(key, count, more)));
			}
		});
	}

	private static Map<String, String> details(Key key, FloodCount count, long more) {
		String number = Long.toString(more);
		boolean network = key.crowd == Crowd.GROUP && count.actor() == Actor.NONE;
		return (network) ? Map.of("count", number, "network", key.who) : Map.of("count", number);
	}

	/**
	 * With whom a caller is counted together.
	 */
	private enum Crowd {

		NONE, GROUP, ALL

	}

	/**
	 * What is counted together.
	 */
	private record Key(Type type, String stage, String reason, Crowd crowd, String who) {

	}

	/**
	 * What has callers of its own that are counted one by one, such that whoever comes
	 * under ever new addresses hides nobody who has signed in.
	 */
	private record Budget(Type type, boolean known) {

	}

	/**
	 * A user, or the addresses of one provider.
	 */
	private record Group(Type type, String name) {

	}

}
