// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.util.Resource;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * The authorization server is asked seldom, and its silence is bridged for a while.
 */
class MetadataMirrorTests {

	private static final String ISSUER = "https://auth.example.com";

	private final MutableClock clock = new MutableClock();

	private final AtomicInteger requests = new AtomicInteger();

	private volatile boolean down;

	private volatile String document = "{\"issuer\":\"" + ISSUER + "\",\"version\":1}";

	private volatile Runnable meanwhile = () -> {
	};

	private final MetadataMirror mirror = new MetadataMirror(new IssuerMetadata((url) -> {
		if (url.getPath().equals("/.well-known/oauth-authorization-server")) {
			this.requests.incrementAndGet();
			this.meanwhile.run();
		}
		if (this.down) {
			throw new IOException("down");
		}
		return new Resource(this.document, "application/json");
	}), ISSUER, this.clock);

	@Test
	void documentWhenFreshThenNotAskedAgain() throws IOException {
		assertThat(read()).isEqualTo(this.document);
		this.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
		assertThat(read()).isEqualTo(this.document);
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void documentWhenNotFreshThenAskedAgain() throws IOException {
		read();
		this.document = "{\"issuer\":\"" + ISSUER + "\",\"version\":2}";
		this.clock.advance(Duration.ofMinutes(5));
		assertThat(read()).isEqualTo(this.document);
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void documentWhenServerIsDownThenOlderCopyForAnHour() throws IOException {
		read();
		this.down = true;
		this.clock.advance(Duration.ofMinutes(6));
		assertThat(read()).contains("version");
		assertThat(read()).contains("version");
		// Not for each client
		assertThat(this.requests).hasValue(2);
		this.clock.advance(Duration.ofMinutes(54).minusSeconds(1));
		assertThat(read()).contains("version");
		this.clock.advance(Duration.ofSeconds(6));
		assertThatIOException().isThrownBy(this::read);
	}

	@Test
	void documentWhenServerComesBackThenServedAfterAMoment() throws IOException {
		this.down = true;
		assertThatIOException().isThrownBy(this::read);
		this.down = false;
		assertThatIOException().isThrownBy(this::read);
		assertThat(this.requests).hasValue(1);
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(read()).contains("version");
	}

	@Test
	void documentWhenOfAnotherIssuerThenNone() {
		this.document = "{\"issuer\":\"https://mallory.example\"}";
		assertThatIOException().isThrownBy(this::read);
	}

	@Test
	void documentWhenManyAskAtOnceThenServerIsAskedOnce() {
		Concurrently.run(16, (thread) -> assertThat(readQuietly()).contains("version"));
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void documentWhenOneAsksAgainThenOthersDoNotWait() throws IOException {
		read();
		this.clock.advance(Duration.ofMinutes(6));
		CountDownLatch asking = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		this.meanwhile = () -> {
			asking.countDown();
			Eventually.until("the others have their answer", answered);
		};
		Concurrently.run(2, (thread) -> {
			if (thread == 0) {
				readQuietly();
				return;
			}
			Eventually.until("the server is asked", asking);
			assertThat(readQuietly()).contains("version");
			answered.countDown();
		});
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void documentWhenMoreWaitThanMayThenRefusedAtOnce() {
		CountDownLatch refused = new CountDownLatch(1);
		this.meanwhile = () -> Eventually.until("one too many is refused", refused);
		Concurrently.run(18, (thread) -> {
			try {
				read();
			}
			catch (IOException ex) {
				refused.countDown();
			}
		});
		assertThat(refused.getCount()).isZero();
		assertThat(this.requests).hasValue(1);
	}

	private String read() throws IOException {
		return new String(this.mirror.document(), StandardCharsets.UTF_8);
	}

	private String readQuietly() {
		try {
			return read();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
