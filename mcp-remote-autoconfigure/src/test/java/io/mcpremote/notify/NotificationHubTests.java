// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.notify;

import java.util.ArrayList;
import java.util.List;

import io.mcpremote.notify.ServerEvent.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events reach everyone who listens, whatever the others do.
 */
class NotificationHubTests {

	private static final ServerEvent EVENT = new ServerEvent(Kind.TOOLS_CHANGED, null);

	private final NotificationHub hub = new NotificationHub();

	@Test
	void publishThenEveryListenerHears() {
		Recorder first = added(new Recorder());
		Recorder second = added(new Recorder());
		this.hub.publish(EVENT);
		assertThat(first.events).containsExactly(EVENT);
		assertThat(second.events).containsExactly(EVENT);
	}

	@Test
	void publishWhenListenerFailsThenOthersHear() {
		Recorder[] recorders = { added(new Recorder()), added(new Recorder()) };
		added(new Recorder() {

			@Override
			public void onEvent(ServerEvent event) {
				throw new IllegalStateException("broken");
			}

		});
		this.hub.publish(EVENT);
		assertThat(recorders).allSatisfy((recorder) -> assertThat(recorder.events).containsExactly(EVENT));
	}

	@Test
	void publishWhenListenerRemovesItselfThenOthersHear() {
		added(new Recorder() {

			@Override
			public void onEvent(ServerEvent event) {
				NotificationHubTests.this.hub.remove(this);
			}

		});
		Recorder other = added(new Recorder());
		this.hub.publish(EVENT);
		assertThat(other.events).containsExactly(EVENT);
		assertThat(this.hub.size()).isEqualTo(1);
	}

	@Test
	void addWhenAlreadyListeningThenHearsOnce() {
		Recorder recorder = added(new Recorder());
		this.hub.add(recorder);
		this.hub.publish(EVENT);
		assertThat(recorder.events).hasSize(1);
	}

	@Test
	void removeThenHearsNoMore() {
		Recorder recorder = added(new Recorder());
		this.hub.remove(recorder);
		this.hub.publish(EVENT);
		assertThat(recorder.events).isEmpty();
		assertThat(this.hub.size()).isZero();
	}

	@Test
	void stopThenListenersAreToldOnceAndGone() {
		Recorder recorder = added(new Recorder());
		this.hub.stop();
		this.hub.stop();
		this.hub.publish(EVENT);
		assertThat(recorder.closed).isEqualTo(1);
		assertThat(recorder.events).isEmpty();
	}

	@Test
	void stopWhenListenerFailsThenOthersAreTold() {
		Recorder[] recorders = { added(new Recorder()), added(new Recorder()) };
		added(new Recorder() {

			@Override
			public void onClose() {
				throw new IllegalStateException("broken");
			}

		});
		this.hub.stop();
		assertThat(recorders).allSatisfy((recorder) -> assertThat(recorder.closed).isEqualTo(1));
		assertThat(this.hub.size()).isZero();
	}

	@Test
	void startWhenStoppedThenListenersAreTakenAgain() {
		this.hub.stop();
		assertThat(this.hub.isRunning()).isFalse();
		assertThat(added(new Recorder()).closed).isEqualTo(1);
		this.hub.start();
		assertThat(this.hub.isRunning()).isTrue();
		Recorder recorder = added(new Recorder());
		this.hub.publish(EVENT);
		assertThat(recorder.closed).isZero();
		assertThat(recorder.events).containsExactly(EVENT);
	}

	@Test
	void ofWhenMethodOfEventThenEvent() {
		for (Kind kind : Kind.values()) {
			assertThat(ServerEvent.of(kind.method(), "file:///a")).isEqualTo(new ServerEvent(kind, "file:///a"));
		}
		assertThat(ServerEvent.of("notifications/message", null)).isNull();
	}

	private <T extends Recorder> T added(T recorder) {
		this.hub.add(recorder);
		return recorder;
	}

	private static class Recorder implements NotificationHub.Listener {

		final List<ServerEvent> events = new ArrayList<>();

		int closed;

		@Override
		public void onEvent(ServerEvent event) {
			this.events.add(event);
		}

		@Override
		public void onClose() {
			this.closed++;
		}

	}

}
