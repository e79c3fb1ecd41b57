// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import io.mcpremote.input.TotalTime.Countdown;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, whose end stops the time.
 */
final class TimedEntity extends HttpEntityWrapper {

	private final Countdown countdown;

	private @Nullable InputStream content;

	TimedEntity(HttpEntity entity, Countdown countdown) {
		super(entity);
		this.countdown = countdown;
	}

	@Override
	public InputStream getContent() throws IOException {
		InputStream known = this.content;
		if (known == null) {
			known = new Content(super.getContent(), this.countdown);
			this.content = known;
		}
		return known;
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		try (InputStream in = getContent()) {
			in.transferTo(out);
		}
	}

	private static final class Content extends FilterInputStream {

		private final Countdown countdown;

		Content(InputStream in, Countdown countdown) {
			super(in);
			this.countdown = countdown;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read;
			try {
				read = super.read(bytes, offset, length);
			}
			catch (IOException ex) {
				this.countdown.stop();
				this.countdown.check(ex);
				throw ex;
			}
			if (read < 0) {
				this.countdown.stop();
			}
			// What is cut off must not pass for the end
			this.countdown.check(null);
			return read;
		}

		@Override
		public boolean markSupported() {
			return false;
		}

		@Override
		public void close() throws IOException {
			this.countdown.stop();
			super.close();
		}

	}

}
