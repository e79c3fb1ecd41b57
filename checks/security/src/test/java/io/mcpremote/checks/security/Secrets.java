// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails a class of tests if anything that has been printed or logged so far contains part
 * of a token.
 */
final class Secrets implements AfterAllCallback {

	/**
	 * Of what is worth looking for; the header of an unsigned token is no secret.
	 */
	private static final int MIN_LENGTH = 60;

	private static final Set<String> REMEMBERED = ConcurrentHashMap.newKeySet();

	private static final ByteArrayOutputStream OUTPUT = new ByteArrayOutputStream();

	static {
		System.setOut(copied(System.out));
		System.setErr(copied(System.err));
	}

	static String remember(String token) {
		REMEMBERED.add(token);
		return token;
	}

	static String output() {
		return OUTPUT.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		String output = output();
		assertThat(output).as("what has been logged").contains("io.mcpremote.");
		for (String token : REMEMBERED) {
			// Either part alone is too much; a message of AssertJ's own would print both
			for (String part : token.split("\\.")) {
				assertThat(part.length() > MIN_LENGTH && output.contains(part)).as("a token has been logged").isFalse();
			}
		}
	}

	private static PrintStream copied(PrintStream original) {
		return new PrintStream(new OutputStream() {

			@Override
			public void write(int b) {
				original.write(b);
				OUTPUT.write(b);
			}

			@Override
			public void write(byte[] bytes, int offset, int length) {
				original.write(bytes, offset, length);
				OUTPUT.write(bytes, offset, length);
			}

			@Override
			public void flush() {
				original.flush();
			}

		}, true, StandardCharsets.UTF_8);
	}

}
