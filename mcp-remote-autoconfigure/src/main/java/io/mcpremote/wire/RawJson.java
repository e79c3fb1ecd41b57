// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

/**
 * A JSON object that has been serialised already.
 *
 * @param bytes the object, from its opening to its closing brace
 * @since 0.1.0
 */
public record RawJson(byte[] bytes) {

}
