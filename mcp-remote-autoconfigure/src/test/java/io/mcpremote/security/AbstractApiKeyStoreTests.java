// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.mcpremote.test.Concurrently;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link ApiKeyStore} does.
 */
abstract class AbstractApiKeyStoreTests extends AbstractApiKeyRepositoryTests {

	/**
	 * Create an empty store.
	 */
	protected abstract ApiKeyStore store();

	@Override
	protected ApiKeyRepository repository(List<ApiKey> known) {
		ApiKeyStore store = store();
		known.forEach((key) -> assertThat(store.add(key)).isTrue());
		return store;
	}

	@Test
	void addWhenOwnerHasTwoLiveKeysThenRefused() {
		ApiKeyStore store = store();
		assertThat(store.add(this.keys.key("alice").key())).isTrue();
		assertThat(store.add(this.keys.key("alice", Duration.ofDays(1)).key())).isTrue();
		ApiKey third = this.keys.key("alice").key();
		assertThat(store.add(third)).isFalse();
		assertThat(store.findById(third.id())).isNull();
		assertThat(store.add(this.keys.key("bob").key())).isTrue();
	}

	@Test
	void addWhenOneIsRevokedOrExpiredThenRoom() {
		ApiKeyStore store = store();
		ApiKey first = this.keys.key("alice").key();
		store.add(first);
		store.add(this.keys.key("alice", Duration.ofDays(1)).key());
		store.revoke(first.id());
		assertThat(store.add(this.keys.key("alice").key())).isTrue();
		assertThat(store.add(this.keys.key("alice").key())).isFalse();
		this.clock.advance(Duration.ofDays(1));
		assertThat(store.add(this.keys.key("alice").key())).isTrue();
	}

	@Test
	void addWhenAtTheSameTimeThenNeverMoreThanTwo() {
		ApiKeyStore store = store();
		List<ApiKey> many = Stream.generate(() -> this.keys.key("alice").key()).limit(8).toList();
		AtomicInteger added = new AtomicInteger();
		Concurrently.run(8, (i) -> {
			try {
				if (store.add(many.get(i))) {
					added.incrementAndGet();
				}
			}
			catch (RuntimeException ex) {
				// Not added
			}
		});
		assertThat(added.get()).isBetween(1, 2);
		assertThat(store.findByOwner("alice")).hasSize(added.get());
	}

	@Test
	void findByOwnerThenOldestFirst() {
		ApiKeyStore store = store();
		ApiKey first = this.keys.key("alice").key();
		store.add(first);
		this.clock.advance(Duration.ofSeconds(1));
		ApiKey second = this.keys.key("alice").key();
		store.add(second);
		store.add(this.keys.key("bob").key());
		assertThat(store.findByOwner("alice")).containsExactly(first, second);
		assertThat(store.findByOwner("nobody")).isEmpty();
	}

	@Test
	void revokeThenSeenAtOnce() {
		ApiKeyStore store = store();
		ApiKey key = this.keys.key("alice").key();
		store.add(key);
		assertThat(store.revoke(key.id())).isTrue();
		ApiKey revoked = store.findById(key.id());
		assertThat(revoked).isNotNull();
		assertThat(revoked.revoked()).isEqualTo(this.clock.instant());
		assertThat(store.revoke(key.id())).isFalse();
		assertThat(store.revoke("unknown")).isFalse();
	}

}
