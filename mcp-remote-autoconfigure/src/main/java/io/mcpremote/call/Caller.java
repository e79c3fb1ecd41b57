// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a call. Whoever is not authenticated is told apart by network address only.
 * Immutable, and no record because the keys, and whatever else is worked out of a caller,
 * are put together once and used by many.
 *
 * @since 0.1.0
 */
public final class Caller {

	/**
	 * The issuer of callers that have shown an API key, whose client is the key.
	 */
	public static final String API_KEY_ISSUER = "urn:mcp-remote:api-key";

	private static final String SUBJECT = "subject:";

	private static final String ADDRESS = "address:";

	private static final Object[] NOTHING = {};

	private static final int MOST_KEPT = 16;

	private final @Nullable String subject;

	private final @Nullable String issuer;

	private final @Nullable String clientId;

	private final String address;

	private final @Nullable String tenant;

	// As with the hash code of a string: made twice by two threads, they are the same
	private @Nullable String userKey;

	private @Nullable String ownerKey;

	private volatile Object[] kept = NOTHING;

	/**
	 * Create a caller.
	 * @param subject the name of the authenticated caller, or {@code null} if anonymous
	 * @param issuer the issuer that vouches for the subject
	 * @param clientId the OAuth client on whose behalf the call is made
	 * @param address the network address the call came from
	 * @param tenant the tenant that the caller belongs to, if the application has any
	 */
	public Caller(@Nullable String subject, @Nullable String issuer, @Nullable String clientId, String address,
			@Nullable String tenant) {
		this.subject = subject;
		this.issuer = issuer;
		this.clientId = clientId;
		this.address = address;
		this.tenant = tenant;
	}

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
	 * Return the name of the authenticated caller.
	 * @return the subject, or {@code null} if anonymous
	 */
	public @Nullable String subject() {
		return this.subject;
	}

	/**
	 * Return the issuer that vouches for the subject.
	 * @return the issuer, if there is one
	 */
	public @Nullable String issuer() {
		return this.issuer;
	}

	/**
	 * Return the OAuth client on whose behalf the call is made.
	 * @return the client, or the API key, if known
	 */
	public @Nullable String clientId() {
		return this.clientId;
	}

	/**
	 * Return the network address the call came from.
	 * @return the address
	 */
	public String address() {
		return this.address;
	}

	/**
	 * Return the tenant that the caller belongs to.
	 * @return the tenant, if the application has any
	 */
	public @Nullable String tenant() {
		return this.tenant;
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
		String key = this.userKey;
		if (key == null) {
			key = (this.subject != null) ? key(this.subject) : usageKey();
			this.userKey = key;
		}
		return key;
	}

	/**
	 * Return the key under which state of this caller is kept. It does not contain the
	 * address of an authenticated caller, who may change networks.
	 * @return a key that no other caller shares
	 */
	public String ownerKey() {
		String key = this.ownerKey;
		if (key == null) {
			key = (this.subject != null) ? with(userKey(), this.clientId) : ADDRESS + this.address;
			this.ownerKey = key;
		}
		return key;
	}

	/**
	 * Return the authenticated caller that a key stands for, as if at no address.
	 * @param key an {@link #ownerKey owner key}
	 * @return the caller, or {@code null} if the key is that of an address
	 */
	public static @Nullable Caller ofOwnerKey(String key) {
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

	/**
	 * Return the address that a key stands for.
	 * @param key an {@link #ownerKey owner key}
	 * @return the address, or {@code null} if the key is that of an authenticated caller
	 */
	public static @Nullable String addressOfOwnerKey(String key) {
		return (key.startsWith(ADDRESS)) ? key.substring(ADDRESS.length()) : null;
	}

	/**
	 * Return what has been worked out of this caller before.
	 * @param <T> the type of it
	 * @param by who has worked it out
	 * @param type the type of it
	 * @return what is kept, or {@code null} if that is to be done yet, perhaps once more
	 */
	public <T> @Nullable T kept(Object by, Class<T> type) {
		Object[] all = this.kept;
		for (int i = 0; i < all.length; i += 2) {
			if (all[i] == by) {
				return type.cast(all[i + 1]);
			}
		}
		return null;
	}

	/**
	 * Keep what has been worked out of this caller, in the place of what was kept before.
	 * Made for guards, each of which keeps one thing; of more than a few, no more is
	 * kept.
	 * @param by who has worked it out
	 * @param value what to keep as long as this caller comes again
	 */
	public void keep(Object by, Object value) {
		Object[] all = this.kept;
		int place = 0;
		while (place < all.length && all[place] != by) {
			place += 2;
		}
		if (place >= 2 * MOST_KEPT) {
			return;
		}
		// Of two threads one may be too late, which costs somebody the work once more
		Object[] changed = Arrays.copyOf(all, Math.max(all.length, place + 2));
		changed[place] = by;
		changed[place + 1] = value;
		this.kept = changed;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Caller caller && Objects.equals(this.subject, caller.subject)
				&& Objects.equals(this.issuer, caller.issuer) && Objects.equals(this.clientId, caller.clientId)
				&& this.address.equals(caller.address) && Objects.equals(this.tenant, caller.tenant));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.subject, this.issuer, this.clientId, this.address, this.tenant);
	}

	@Override
	public String toString() {
		return "Caller[subject=" + this.subject + ", issuer=" + this.issuer + ", clientId=" + this.clientId
				+ ", address=" + this.address + ", tenant=" + this.tenant + "]";
	}

	private String key(String name) {
		StringBuilder key = new StringBuilder(SUBJECT.length() + room(this.issuer) + room(name));
		return append(append(key.append(SUBJECT), this.issuer), name).toString();
	}

	private static String with(String key, @Nullable String part) {
		return append(new StringBuilder(key.length() + room(part)).append(key), part).toString();
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
