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

	SIGNING_KEY("the key that it is signed with is not known"),

	CLAIM("one of its claims is not accepted"),

	BOUND("it is bound to a key, and no proof of possession came with it"),

	INACTIVE("it is not active"),

	UNKNOWN("it is not known"),

	REVOKED("it has been revoked"),

	UNBOUND("it is not bound to a key"),

	KEY("it is bound to another key than that of the proof"),

	PROOF("the proof of possession is missing or not valid", true),

	PROOF_TARGET("the proof of possession is for another request", true),

	PROOF_TIME("the proof of possession is too old, or its clock and this one differ", true),

	PROOF_USED("the proof of possession has been used before", true);

	private final String description;

	private final boolean ofProof;

	TokenFault(String description) {
		this(description, false);
	}

	TokenFault(String description, boolean ofProof) {
		this.description = description;
		this.ofProof = ofProof;
	}

	/**
	 * Return whether it is not the credential but what came with it.
	 */
	boolean isOfProof() {
		return this.ofProof;
	}

	/**
	 * Return whether the same credential will be found at fault again, so that this may
	 * be remembered. Time mends some tokens, and an issuer that makes its new key known
	 * does.
	 */
	boolean isLasting() {
		return this != NOT_YET_VALID && this != SIGNING_KEY;
	}

	/**
	 * Return whether clients that behave meet it, many of them perhaps behind one
	 * address.
	 */
	boolean isOrdinary() {
		return this == EXPIRED || !isLasting();
	}

	String description() {
		return this.description;
	}

}
