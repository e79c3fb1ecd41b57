// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.regex.Pattern;

import io.mcpremote.test.RawResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for what an answer must not tell: what the server is made of.
 */
final class LeakCheck {

	private static final List<String> INTERNALS = List.of("Exception", "Throwable", "io.mcpremote", "java.", "jakarta.",
			"org.springframework", "org.apache", "tools.jackson", "com.fasterxml", "reactor.", "at line", "stackTrace",
			"StreamReadConstraints", "LinkedHashMap", "ArrayList", "io.modelcontextprotocol.spec",
			"io.modelcontextprotocol.server");

	private static final Pattern FRAME = Pattern.compile("\\bat [\\w.$]+\\([\\w.]*(:\\d+)?\\)|\\w+\\.java:\\d+");

	private LeakCheck() {
	}

	static void check(RawResponse response) {
		String leak = leakIn(response.text());
		assertThat(leak).as("what %s gives away", response).isNull();
	}

	/**
	 * Return what a text gives away, {@code null} if nothing.
	 */
	static String leakIn(String text) {
		for (String internal : INTERNALS) {
			if (text.contains(internal)) {
				return internal;
			}
		}
		return (FRAME.matcher(text).find()) ? "a stack frame" : null;
	}

}
