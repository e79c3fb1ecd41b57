// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * What waits for a client that does not read is bounded, and can be taken away.
 */
class EventStreamTests {

	private final HttpServletRequest request = mock(HttpServletRequest.class);

	private final ServletOutputStream out = mock(ServletOutputStream.class);

	private final MockHttpServletResponse response = new MockHttpServletResponse() {

		@Override
		public ServletOutputStream getOutputStream() {
			return EventStreamTests.this.out;
		}

	};

	@BeforeEach
	void startAsync() {
		AsyncContext async = mock(AsyncContext.class);
		given(this.request.startAsync()).willReturn(async);
	}

	@Test
	void sendWhenNobodyReadsManyBytesThenEnds() throws IOException {
		EventStream stream = EventStream.start(this.request, this.response);
		AtomicBoolean ended = new AtomicBoolean();
		stream.onEnd(() -> ended.set(true));
		byte[] large = new byte[1024 * 1024];
		for (int i = 0; i < 4; i++) {
			assertThat(stream.send(null, large)).isTrue();
		}
		assertThat(stream.send(null, large)).isFalse();
		assertThat(ended).isTrue();
	}

	@Test
	void sendWhenNobodyReadsManyMessagesThenEnds() throws IOException {
		EventStream stream = EventStream.start(this.request, this.response);
		for (int i = 0; i < 256; i++) {
			assertThat(stream.send(null, new byte[10])).isTrue();
		}
		assertThat(stream.send(null, new byte[10])).isFalse();
	}

	@Test
	void sendWhenManyBytesHaveBeenReadThenGoesOn() throws IOException {
		EventStream stream = EventStream.start(this.request, this.response);
		given(this.out.isReady()).willReturn(true);
		for (int i = 0; i < 10; i++) {
			assertThat(stream.send(null, new byte[1024 * 1024])).isTrue();
		}
	}

	@Test
	void cutThenWhatWaitsIsNotSent() throws IOException {
		EventStream stream = EventStream.start(this.request, this.response);
		AtomicBoolean ended = new AtomicBoolean();
		stream.onEnd(() -> ended.set(true));
		stream.send(null, new byte[10]);
		stream.cut();
		given(this.out.isReady()).willReturn(true);
		stream.onWritePossible();
		verify(this.out, never()).write(any(byte[].class));
		assertThat(ended).isTrue();
	}

	@Test
	void startWhenNothingMayBeStoredThenStaysSo() throws IOException {
		this.response.setHeader("Cache-Control", "no-store");
		EventStream.start(this.request, this.response);
		assertThat(this.response.getHeaders("Cache-Control")).containsExactly("no-store");
	}

	@Test
	void startWhenNothingIsSaidThenNotKept() throws IOException {
		EventStream.start(this.request, this.response);
		assertThat(this.response.getHeader("Cache-Control")).isEqualTo("no-cache");
	}

}
