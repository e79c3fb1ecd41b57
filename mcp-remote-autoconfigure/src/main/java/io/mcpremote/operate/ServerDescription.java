// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an operator may want to know of the server as a whole. Holds nothing secret.
 *
 * @param name its name
 * @param version its version
 * @param url the URL under which clients know it
 * @param path its path within the application
 * @param revisions the protocol revisions it speaks, newest first
 * @param authentication in words, who may call
 * @param guards the stages that calls pass, in their order
 * @param stores where state is kept, by what it is the state of
 * @param sessions what sessions there are
 * @param streams how many streams clients listen to
 * @param callsUnderWay how many calls are under way
 * @param keys what keys there are, and for how long they have been known
 * @since 0.1.0
 */
public record ServerDescription(String name, String version, String url, String path, List<String> revisions,
		String authentication, List<String> guards, Map<String, String> stores, Sessions sessions, int streams,
		int callsUnderWay, Keys keys) {

	/**
	 * Sessions of clients that shake hands.
	 *
	 * @param enabled whether clients get any
	 * @param open how many there are, {@code null} if the store does not know
	 * @param max how many there may be, none unless clients get any
	 */
	public record Sessions(boolean enabled, @Nullable Integer open, int max) {

	}

	/**
	 * Keys, of which nothing is told but how long they have been known.
	 *
	 * @param requestState the keys that seal what travels through clients
	 * @param issuers the keys that access tokens are verified with
	 */
	public record Keys(RequestState requestState, List<Issuer> issuers) {

	}

	/**
	 * Keys that seal what travels through clients.
	 *
	 * @param configured how many are configured; with none, one is generated
	 * @param inUseSeconds for how long this process has used them, which is the age of
	 * one that is generated; how old configured ones are is not known here
	 */
	public record RequestState(int configured, long inUseSeconds) {

	}

	/**
	 * Keys that access tokens of an issuer are verified with.
	 *
	 * @param issuer the issuer, or where its keys are
	 * @param keys how many are known
	 * @param ageSeconds how long ago they were read, {@code null} if they have not been
	 * yet
	 * @param failing whether they could not be read the last time
	 */
	public record Issuer(String issuer, int keys, @Nullable Long ageSeconds, boolean failing) {

	}

}
