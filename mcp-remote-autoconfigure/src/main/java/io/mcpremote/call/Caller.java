// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a call. Whoever is not authenticated is told apart by network address only.
 *
 * @param subject the name of the authenticated caller, or {@code null} if anonymous
 * @param issuer the issuer that vouches for the subject
 * @param clientId the OAuth client on whose behalf the call is made
 * @param address the network address the call came from
 * @param tenant the tenant that the caller belongs to, if the application has any
 * @since 0.1.0
 */
public record Caller(@Nullable String subject, @Nullable String issuer, @Nullable String clientId, String address,
		@Nullable String tenant) {

	/**
	 * The issuer of callers that have shown an API key, whose client is the key.
	 */
	public static final String API_KEY_ISSUER = "urn:mcp-remote:api-key";

	private static final String SUBJECT = "subject:";

	/**
	 * Create a caller of no tenant.
	 * @param subject the name of the authenticated caller, or {@code null} if anonymous
	 * @param issuer the issuer that vouches for the subject
	 * @param clientId the OAuth client on whose behalf the call is made
	 * @param address the network address the call came from
	 */
	public Caller(@Nullable String subject, @Nullable String issuer, @Nullable String clientId, String address) {
		this(subject, issuer, clientId, address, null);
	}

	/**
	 * Create a caller that is known by address only.
	 * @param address the network address
	 * @return an anonymous caller
	 */
	public static Caller anonymous(String address) {
		return new Caller(null, null, null, address);
	}

	/**
	 * Return whether nobody vouches for this caller.
	 * @return whether the caller is not authenticated
	 */
	public boolean isAnonymous() {
		return this.subject == null;
	}

	/**
	 * Return whether the caller has shown an API key.
	 * @return whether the client is an API key
	 */
	public boolean isApiKey() {
		return API_KEY_ISSUER.equals(this.issuer);
	}

	/**
	 * Return the key under which the use of something is counted for this caller.
	 * @return a key of its own for an authenticated caller, else one of its network
	 */
	public String usageKey() {
		return (this.subject != null) ? ownerKey() : "network:" + NetworkAddress.subscriber(this.address);
	}

	/**
	 * Return the key of the user, whichever clients that user has; of nobody in
	 * particular, that of the network.
	 * @return a key that no other user shares
	 */
	public String userKey() {
		return (this.subject != null) ? key(false) : usageKey();
	}

	/**
	 * Return the key under which state of this caller is kept. It does not contain the
	 * address of an authenticated caller, who may change networks.
	 * @return a key that no other caller shares
	 */
	public String ownerKey() {
		return (this.subject != null) ? key(true) : "address:" + this.address;
	}

	/**
	 * Return the authenticated caller that a key stands for, as if at no address.
	 */
	static @Nullable Caller ofOwnerKey(String key) {
		if (!key.startsWith(SUBJECT)) {
			return null;
		}
		@Nullable String[] parts = new String[3];
		int from = SUBJECT.length();
		for (int i = 0; i < parts.length; i++) {
			int end = from + 1;
			if (key.charAt(from) != '-') {
				int start = key.indexOf('=', from) + 1;
				end = start + Integer.parseInt(key, from, start - 1, 10);
				parts[i] = key.substring(start, end);
			}
			from = end + 1;
		}
		return new Caller(parts[1], parts[0], parts[2], "");
	}

	private String key(boolean withClient) {
		// Made several times for each call, hence in one piece
		StringBuilder key = new StringBuilder(
				SUBJECT.length() + room(this.issuer) + room(this.subject) + ((withClient) ? room(this.clientId) : 0));
		append(append(key.append(SUBJECT), this.issuer), this.subject);
		return ((withClient) ? append(key, this.clientId) : key).toString();
	}

	/**
	 * The lengths keep parts that contain the separator from running into each other.
	 */
	private static StringBuilder append(StringBuilder key, @Nullable String part) {
		return (part != null) ? key.append(part.length()).append('=').append(part).append(';') : key.append("-;");
	}

	private static int room(@Nullable String part) {
		return ((part != null) ? part.length() : 0) + 6;
	}

}
