// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, up to a number of bytes. If more comes the connection is closed;
 * to read on until the end, as the client would, might take forever.
 */
final class BoundedEntity extends HttpEntityWrapper {

	private final long maxSize;

	private final Runnable disconnect;

	private @Nullable InputStream content;

	BoundedEntity(HttpEntity entity, long maxSize, Runnable disconnect) {
		super(entity);
		this.maxSize = maxSize;
		this.disconnect = disconnect;
	}

	@Override
	public InputStream getContent() throws IOException {
		InputStream known = this.content;
		if (known == null) {
			known = new Content(super.getContent(), this.maxSize, this.disconnect);
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

		private final Runnable disconnect;

		private long left;

		private boolean ended;

		Content(InputStream in, long maxSize, Runnable disconnect) {
			super(in);
			this.left = maxSize;
			this.disconnect = disconnect;
		}

		@Override
		public int read() throws IOException {
			return count(super.read(), 1);
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = super.read(bytes, offset, length);
			return count(read, read);
		}

		@Override
		public long skip(long wanted) throws IOException {
			return Math.max(0, read(new byte[(int) Math.min(8192, Math.max(0, wanted))]));
		}

		@Override
		public boolean markSupported() {
			return false;
		}

		@Override
		public void close() throws IOException {
			if (!this.ended) {
				this.disconnect.run();
			}
			super.close();
		}

		private int count(int result, int read) throws IOException {
			// Interruption does not reach into a socket, only in between
			if (Thread.currentThread().isInterrupted()) {
				this.disconnect.run();
				throw new InterruptedIOException("Interrupted while the answer was read");
			}
			if (result < 0) {
				this.ended = true;
				return result;
			}
			this.left -= read;
			if (this.left < 0) {
				this.disconnect.run();
				throw new IOException("The answer is larger than mcp.remote.input.url.max-size");
			}
			return result;
		}

	}

}
