// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

/**
 * A JSON object that has been serialised already.
 *
 * @param bytes the object, from its opening to its closing brace
 * @param shared whether it is the same for everybody, authenticated or not
 * @since 0.1.0
 */
public record RawJson(byte[] bytes, boolean shared) {

	/**
	 * Create an object that may be meant for one caller only.
	 * @param bytes the object, from its opening to its closing brace
	 */
	public RawJson(byte[] bytes) {
		this(bytes, false);
	}

}
