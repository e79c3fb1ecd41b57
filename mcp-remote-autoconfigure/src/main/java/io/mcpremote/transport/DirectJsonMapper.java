// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.IOException;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;

/**
 * Leaves alone what need not be converted, which saves the SDK its largest expense per
 * call.
 */
final class DirectJsonMapper implements McpJsonMapper {

	private final McpJsonMapper delegate;

	DirectJsonMapper(McpJsonMapper delegate) {
		this.delegate = delegate;
	}

	@Override
	public <T> T convertValue(Object value, Class<T> type) {
		return (type.isInstance(value)) ? type.cast(value) : this.delegate.convertValue(value, type);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T convertValue(Object value, TypeRef<T> type) {
		return (value != null && value.getClass() == type.getType()) ? (T) value
				: this.delegate.convertValue(value, type);
	}

	@Override
	public <T> T readValue(String content, Class<T> type) throws IOException {
		return this.delegate.readValue(content, type);
	}

	@Override
	public <T> T readValue(byte[] content, Class<T> type) throws IOException {
		return this.delegate.readValue(content, type);
	}

	@Override
	public <T> T readValue(String content, TypeRef<T> type) throws IOException {
		return this.delegate.readValue(content, type);
	}

	@Override
	public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
		return this.delegate.readValue(content, type);
	}

	@Override
	public String writeValueAsString(Object value) throws IOException {
		return this.delegate.writeValueAsString(value);
	}

	@Override
	public byte[] writeValueAsBytes(Object value) throws IOException {
		return this.delegate.writeValueAsBytes(value);
	}

}
