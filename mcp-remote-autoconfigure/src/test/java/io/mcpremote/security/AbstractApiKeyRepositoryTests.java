// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.mcpremote.test.Concurrently;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link ApiKeyRepository} does.
 */
abstract class AbstractApiKeyRepositoryTests {

	protected final MutableClock clock = new MutableClock();

	protected final TestKeys keys = new TestKeys(this.clock);

	/**
	 * Create a repository with keys.
	 */
	protected abstract ApiKeyRepository repository(List<ApiKey> known);

	@Test
	void findWhenKnownThenSame() {
		ApiKey full = new ApiKey("ci-2026", "aB".repeat(32), "Zoë \"%_' 日本", Set.of("read:projects", "a,b;c"),
				Set.of("ADMIN", "OPS"), this.clock.instant(), this.clock.instant().plus(Duration.ofDays(1)), null);
		ApiKey bare = this.keys.key("bob").key();
		ApiKeyRepository repository = repository(List.of(full, bare));
		assertThat(repository.findById("ci-2026")).isEqualTo(full);
		assertThat(repository.findById(bare.id())).isEqualTo(bare);
	}

	@Test
	void findWhenExpiredThenFound() {
		ApiKey key = this.keys.key("alice", Duration.ofSeconds(1)).key();
		ApiKeyRepository repository = repository(List.of(key));
		this.clock.advance(Duration.ofDays(1));
		assertThat(repository.findById(key.id())).isEqualTo(key);
	}

	@Test
	void findWhenUnknownThenNull() {
		ApiKey key = this.keys.key("alice").key();
		ApiKeyRepository repository = repository(List.of(key));
		assertThat(repository.findById("unknown")).isNull();
		assertThat(repository.findById("")).isNull();
		assertThat(repository.findById("%")).isNull();
		assertThat(repository.findById("' or '1'='1")).isNull();
		assertThat(repository.findById(key.id().substring(1))).isNull();
	}

	@Test
	void findWhenManyThreadsThenSame() {
		ApiKey key = this.keys.key("alice").key();
		ApiKeyRepository repository = repository(List.of(key));
		Concurrently.run(8, (i) -> assertThat(repository.findById(key.id())).isEqualTo(key));
	}

}
