// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Ending;
import io.mcpremote.audit.AuditEvent.Type;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what anybody can cause at will from filling the record: of refusals that repeat
 * themselves the first few of a minute are recorded one by one, and the others counted.
 */
final class Floods {

	/**
	 * How many are recorded one by one.
	 */
	static final int FIRST = 5;

	/**
	 * Of how many callers and reasons, for each type of event, and again of those who are
	 * signed in.
	 */
	static final int MAX_KEYS = 500;

	static final Duration WINDOW = Duration.ofMinutes(1);

	private final Clock clock;

	private final Consumer<AuditEvent> summaries;

	private volatile @Nullable Window window;

	/**
	 * Create an instance.
	 * @param summaries gets events that stand for many
	 */
	Floods(Clock clock, Consumer<AuditEvent> summaries) {
		this.clock = clock;
		this.summaries = summaries;
	}

	/**
	 * Note a refusal.
	 * @param who tells those apart who may cause it
	 * @return whether it is to be recorded by itself
	 */
	boolean admit(Type type, String stage, String reason, String who, Actor actor) {
		return current().admit(new Key(type, stage, reason, who), actor);
	}

	/**
	 * Record what has been counted if its time is over. To be called from time to time.
	 */
	void tick() {
		Window ending = this.window;
		if (ending != null && !this.clock.instant().isBefore(ending.end)) {
			flush();
		}
	}

	/**
	 * Record what has been counted.
	 */
	void flush() {
		Window ended;
		synchronized (this) {
			ended = this.window;
			this.window = null;
		}
		if (ended != null) {
			ended.summarize(this.clock.instant(), this.summaries);
		}
	}

	private Window current() {
		Window known = this.window;
		if (known != null && this.clock.instant().isBefore(known.end)) {
			return known;
		}
		tick();
		synchronized (this) {
			Window fresh = this.window;
			if (fresh == null) {
				fresh = new Window(this.clock.instant().plus(WINDOW));
				this.window = fresh;
			}
			return fresh;
		}
	}

	/**
	 * What is counted together.
	 */
	private record Key(Type type, String stage, String reason, @Nullable String who) {

	}

	/**
	 * What has callers of its own that are counted one by one, such that whoever comes
	 * under ever new addresses hides nobody who has signed in.
	 */
	private record Budget(Type type, boolean known) {

	}

	private static final class Window {

		private final Map<Key, Count> counts = new ConcurrentHashMap<>();

		private final Map<Budget, AtomicInteger> keys = new ConcurrentHashMap<>();

		private final Instant end;

		Window(Instant end) {
			this.end = end;
		}

		boolean admit(Key key, Actor actor) {
			Count known = this.counts.get(key);
			if (known != null) {
				return known.seen.incrementAndGet() <= FIRST;
			}
			Key limited = limited(key, actor.subject() != null);
			Count count = this.counts.computeIfAbsent(limited, (absent) -> new Count(actor));
			return count.seen.incrementAndGet() <= FIRST && limited.who != null;
		}

		/**
		 * Return the key itself or, if there are too many, one for all the others, of
		 * which there are as many as there are reasons.
		 */
		private Key limited(Key key, boolean known) {
			AtomicInteger used = this.keys.computeIfAbsent(new Budget(key.type, known),
					(absent) -> new AtomicInteger());
			return (used.incrementAndGet() <= MAX_KEYS) ? key : new Key(key.type, key.stage, key.reason, null);
		}

		void summarize(Instant now, Consumer<AuditEvent> summaries) {
			this.counts.forEach((key, count) -> {
				long more = count.seen.get() - ((key.who != null) ? FIRST : 0);
				if (more > 0) {
					summaries.accept(new AuditEvent(UUID.randomUUID().toString(), now, key.type,
							(key.who != null) ? count.actor : Actor.NONE, Client.UNKNOWN, null,
							new Ending(Endings.REFUSED, key.stage, key.reason, null, Duration.ZERO, null, false, null),
							Map.of("count", Long.toString(more))));
				}
			});
		}

	}

	private static final class Count {

		private final AtomicLong seen = new AtomicLong();

		private final Actor actor;

		Count(Actor actor) {
			this.actor = actor;
		}

	}

}
