// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.operate;

import java.util.ArrayList;
import java.util.List;

import io.opentelemetry.sdk.trace.data.SpanData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Remembers what must not be seen from outside and looks for it wherever something can be
 * seen.
 */
final class Leaks {

	private final List<String> secrets = new ArrayList<>();

	/**
	 * Remember something that is secret.
	 * @return the same
	 */
	String secret(String value) {
		this.secrets.add(value);
		return value;
	}

	/**
	 * Fail if a secret is in a log, a span or a meter. No message says which it is.
	 * @param log what has been logged
	 * @param server what else can be seen of it
	 */
	void assertNone(String log, Server server) {
		assertThat(this.secrets).isNotEmpty();
		assertNone("log", log);
		assertNone("meters", server.scrape());
		List<SpanData> spans = server.spans();
		assertThat(spans).isNotEmpty();
		spans.forEach((span) -> assertNone("span " + span.getName(), span.toString()));
	}

	private void assertNone(String where, String text) {
		assertThat(text.isBlank()).as("there is no " + where).isFalse();
		for (int i = 0; i < this.secrets.size(); i++) {
			assertThat(text.contains(this.secrets.get(i))).as("secret number " + i + " in " + where).isFalse();
		}
	}

}
