// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

/**
 * What can be wrong with a credential, in words that contain nothing of it.
 */
enum TokenFault {

	MALFORMED("it is malformed"),

	TOO_LONG("it is too long"),

	EXPIRED("it has expired"),

	NOT_YET_VALID("it is not valid yet"),

	NO_EXPIRY("it does not say when it expires"),

	ISSUER("it is from another issuer"),

	AUDIENCE("it is not meant for this server"),

	TYPE("it is not an access token"),

	SIGNATURE("its signature cannot be verified"),

	BOUND("it is bound to a key, and no proof of possession came with it"),

	INACTIVE("it is not active"),

	UNKNOWN("it is not known"),

	REVOKED("it has been revoked"),

	PROOF("the proof of possession is missing or not valid");

	private final String description;

	TokenFault(String description) {
		this.description = description;
	}

	String description() {
		return this.description;
	}

}
