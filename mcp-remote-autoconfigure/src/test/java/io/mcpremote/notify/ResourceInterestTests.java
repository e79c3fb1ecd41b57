// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.notify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.test.Concurrently;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The server below hears of the first and of the last who is interested.
 */
class ResourceInterestTests {

	private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

	private final ResourceInterest interest = new ResourceInterest((uri) -> this.heard.add("+" + uri),
			(uri) -> this.heard.add("-" + uri));

	@Test
	void addThenOnlyFirstIsHeard() {
		this.interest.add("a");
		this.interest.add("a");
		this.interest.add("b");
		assertThat(this.heard).containsExactly("+a", "+b");
		assertThat(this.interest.size()).isEqualTo(2);
	}

	@Test
	void removeThenOnlyLastIsHeard() {
		this.interest.add("a");
		this.interest.add("a");
		this.interest.remove("a");
		assertThat(this.heard).containsExactly("+a");
		this.interest.remove("a");
		assertThat(this.heard).containsExactly("+a", "-a");
		assertThat(this.interest.size()).isZero();
	}

	@Test
	void removeWhenNobodyIsInterestedThenNothing() {
		this.interest.remove("a");
		assertThat(this.heard).isEmpty();
	}

	@Test
	void addWhenServerFailsThenNotCounted() {
		ResourceInterest failing = new ResourceInterest((uri) -> {
			throw new IllegalStateException("broken");
		}, (uri) -> {
		});
		assertThatIllegalStateException().isThrownBy(() -> failing.add("a"));
		assertThat(failing.size()).isZero();
	}

	@Test
	void addAndRemoveWhenConcurrentThenFirstAndLastAlternate() {
		Map<String, AtomicInteger> states = new ConcurrentHashMap<>();
		List<String> wrong = Collections.synchronizedList(new ArrayList<>());
		ResourceInterest concurrent = new ResourceInterest((uri) -> {
			if (states.computeIfAbsent(uri, (key) -> new AtomicInteger()).incrementAndGet() != 1) {
				wrong.add("began twice");
			}
		}, (uri) -> {
			if (states.get(uri).decrementAndGet() != 0) {
				wrong.add("ended twice");
			}
		});
		Concurrently.run(8, (thread) -> {
			for (int i = 0; i < 5_000; i++) {
				String uri = "uri-" + (i % 3);
				concurrent.add(uri);
				concurrent.remove(uri);
			}
		});
		assertThat(wrong).isEmpty();
		assertThat(concurrent.size()).isZero();
		assertThat(states.values()).extracting(AtomicInteger::get).containsOnly(0);
	}

}
