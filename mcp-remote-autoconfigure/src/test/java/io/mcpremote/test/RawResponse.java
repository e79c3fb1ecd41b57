// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * An HTTP response down to its bytes.
 *
 * @param status the status
 * @param headers the headers by lower-case name
 * @param body the body, as far as it was read
 * @param open whether this is a stream that goes on
 */
public record RawResponse(int status, Map<String, List<String>> headers, byte[] body, boolean open) {

	/**
	 * Return the value of a header, empty if it is not there.
	 */
	public String header(String name) {
		return String.join(", ", headers(name));
	}

	public List<String> headers(String name) {
		return this.headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
	}

	public boolean has(String name) {
		return !headers(name).isEmpty();
	}

	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	public JsonNode json() {
		return RunningServer.json(text());
	}

	/**
	 * Return the code of the JSON-RPC error in the body, 0 if there is none.
	 */
	public int code() {
		return (this.body.length > 0) ? json().at("/error/code").asInt(0) : 0;
	}

	@Override
	public String toString() {
		return this.status + " " + this.headers + "\n" + text();
	}

}
