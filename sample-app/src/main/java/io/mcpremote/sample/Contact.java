// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

/**
 * Somebody whom a tenant knows.
 *
 * @param name the name
 * @param email the address
 */
record Contact(String name, String email) {

}
