// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.mcpremote.call.JsonDigest;
import io.mcpremote.call.JsonSize;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the result of a call may depend on. Two calls with equal keys get the
 * same result.
 *
 * @since 0.1.0
 */
public final class ResultKey {

	private final String tool;

	private final String version;

	private final Audience audience;

	private final Locale locale;

	private final Map<String, Object> arguments;

	private final Map<String, Object> meta;

	private final int hash;

	/**
	 * Create a key.
	 * @param tool the name of the tool
	 * @param version the version of the server
	 * @param audience who gets the result
	 * @param locale the locale that the tool finds on its thread
	 * @param arguments the arguments as parsed; not to be modified any more
	 * @param meta metadata that is not the protocol's, likewise
	 */
	ResultKey(String tool, String version, Audience audience, Locale locale, Map<String, Object> arguments,
			Map<String, Object> meta) {
		this.tool = tool;
		this.version = version;
		this.audience = audience;
		this.locale = locale;
		this.arguments = arguments;
		this.meta = meta;
		int code = 31 * tool.hashCode() + audience.hashCode();
		code = 31 * code + locale.hashCode();
		code = 31 * code + arguments.hashCode();
		this.hash = 31 * code + meta.hashCode();
	}

	/**
	 * Return which tool gave the result.
	 * @return the name of the tool
	 */
	public String tool() {
		return this.tool;
	}

	/**
	 * Return whose result it is.
	 * @return the key of the user, or {@code null} of a result for everybody
	 * @see io.mcpremote.call.Caller#userKey()
	 */
	public @Nullable String user() {
		return this.audience.user();
	}

	/**
	 * Return a text that is the same for equal keys, also in other processes.
	 * @return letters and digits
	 */
	public String digest() {
		return JsonDigest.of(Arrays.asList(this.tool, this.version, this.audience.tenant(), this.audience.user(),
				this.audience.client(), this.audience.session(),
				List.copyOf(new TreeSet<>(this.audience.authorities())), this.locale.toLanguageTag(), this.arguments,
				this.meta));
	}

	/**
	 * Return about how many bytes of the key are a client's.
	 */
	long size() {
		return JsonSize.of(this.arguments) + JsonSize.of(this.meta);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ResultKey key && this.hash == key.hash && this.tool.equals(key.tool)
				&& this.version.equals(key.version) && this.audience.equals(key.audience)
				&& this.locale.equals(key.locale) && this.arguments.equals(key.arguments) && this.meta.equals(key.meta);
	}

	@Override
	public int hashCode() {
		return this.hash;
	}

	@Override
	public String toString() {
		// Arguments are nobody's business
		return "result of '" + this.tool + "'";
	}

	/**
	 * Who gets a result.
	 *
	 * @param tenant the tenant and its issuer, if there is one
	 * @param user the user, {@code null} for everybody
	 * @param client the client that acts for the user
	 * @param session the session, if the result is for one only
	 * @param authorities what the caller may do
	 */
	record Audience(@Nullable String tenant, @Nullable String user, @Nullable String client, @Nullable String session,
			Set<String> authorities) {

		@Override
		public String toString() {
			return "Audience[tenant=" + this.tenant + ", user=" + this.user + ", client=" + this.client + "]";
		}

	}

}
