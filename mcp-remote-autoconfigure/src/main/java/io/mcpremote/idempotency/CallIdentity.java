// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

/**
 * What a call is told from others by. Calls of one owner with the same name are meant to
 * be done once.
 *
 * @param owner who calls
 * @param name what is called, together with the key that the client gave to the call or,
 * without one, with a digest of the arguments
 * @param digest the digest of the arguments of a call to which its client gave a key,
 * empty otherwise; the same name with another digest is a mistake of the client
 * @since 0.1.0
 */
public record CallIdentity(String owner, String name, String digest) {

}
