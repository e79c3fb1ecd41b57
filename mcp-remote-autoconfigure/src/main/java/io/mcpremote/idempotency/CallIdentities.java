// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.CallSignal;
import io.mcpremote.call.Caller;
import io.mcpremote.call.JsonDigest;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which calls are to be done once, and what tells them apart.
 */
final class CallIdentities {

	/**
	 * The metadata in which a client gives a key to a call.
	 */
	static final String CLIENT_KEY = "io.mcpremote/idempotencyKey";

	private static final int MAX_LENGTH = 128;

	private final boolean clientKeys;

	/**
	 * Create an instance.
	 * @param clientKeys whether keys of clients count
	 */
	CallIdentities(boolean clientKeys) {
		this.clientKeys = clientKeys;
	}

	/**
	 * Return the identity of a call of a tool.
	 * @return the identity, or {@code null} of a call that is done as often as it is made
	 */
	@Nullable CallIdentity of(McpCall call, String tool, Policy policy) {
		Object key = (this.clientKeys) ? clientKey(call) : null;
		if (key != null) {
			return new CallIdentity(owner(call.caller()), "key " + tool + '\n' + checked(key),
					JsonDigest.of(call.arguments()));
		}
		// Several people may share an address, and make the same call in good faith
		return (policy.idempotent() && !call.caller().isAnonymous())
				? new CallIdentity(owner(call.caller()), "arguments " + tool + '\n' + digest(call), "") : null;
	}

	/**
	 * Return whether the client has given a key to a call that has an identity.
	 */
	static boolean isKeyed(CallIdentity identity) {
		return !identity.digest().isEmpty();
	}

	private static String digest(McpCall call) {
		List<Object> parts = new ArrayList<>(List.of(call.arguments()));
		for (String round : List.of("requestState", "inputResponses")) {
			// Whoever begins anew is asked anew, and may give another answer
			Object sent = call.params().get(round);
			if (sent != null) {
				parts.add(Map.of(round, sent));
			}
		}
		return JsonDigest.of(parts);
	}

	private static @Nullable Object clientKey(McpCall call) {
		return (call.params().get("_meta") instanceof Map<?, ?> meta) ? meta.get(CLIENT_KEY) : null;
	}

	private static String checked(Object key) {
		if (key instanceof String text && !text.isBlank() && text.length() <= MAX_LENGTH) {
			return text;
		}
		throw new CallSignal(Refusals.invalidParams(CLIENT_KEY + " must be a string of 1 to " + MAX_LENGTH
				+ " characters that names this call, such as a random UUID"));
	}

	private static String owner(Caller caller) {
		String tenant = caller.tenant();
		return (tenant != null) ? caller.usageKey() + "tenant:" + tenant : caller.usageKey();
	}

}
