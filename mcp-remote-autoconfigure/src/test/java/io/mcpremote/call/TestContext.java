// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The context of a call that nobody listens to.
 */
public final class TestContext implements CallContext {

	private final Map<String, String> headers = new LinkedHashMap<>();

	private final Map<String, Object> attributes = new LinkedHashMap<>();

	@Override
	public void responseHeader(String name, String value) {
		this.headers.put(name, value);
	}

	public Map<String, String> headers() {
		return this.headers;
	}

	@Override
	public void attribute(String name, Object value) {
		this.attributes.put(name, value);
	}

	@Override
	public Object attribute(String name) {
		return this.attributes.get(name);
	}

	@Override
	public Map<String, Object> attributes() {
		return this.attributes;
	}

	@Override
	public Map<String, Object> ask(String key, InputRequest request) {
		throw new UnsupportedOperationException("There is no client to ask");
	}

	@Override
	public String round() {
		return null;
	}

	@Override
	public CallStream stream() {
		return (method, params) -> {
		};
	}

}
