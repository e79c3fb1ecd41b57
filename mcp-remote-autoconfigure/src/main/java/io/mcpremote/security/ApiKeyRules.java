// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Collection;
import java.util.regex.Pattern;

import io.mcpremote.policy.ScopeName;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of an API key look like. Every rule returns {@code null} or what the
 * value must be.
 */
final class ApiKeyRules {

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

	private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

	private static final int MAX_OWNER = 255;

	private static final int MAX_NAMES = 4000;

	private ApiKeyRules() {
	}

	static @Nullable String id(@Nullable String id) {
		return (id != null && ID.matcher(id).matches()) ? null
				: "It must be up to 64 letters, digits and hyphens, without 'mcpk_' and without the secret.";
	}

	static @Nullable String digest(@Nullable String digest) {
		return (digest != null && DIGEST.matcher(digest).matches()) ? null
				: "It must be the SHA-256 digest of the whole key, as 64 hexadecimal digits.";
	}

	static @Nullable String owner(@Nullable String owner) {
		boolean valid = owner != null && !owner.isBlank() && owner.length() <= MAX_OWNER
				&& owner.chars().noneMatch(Character::isISOControl);
		return (valid) ? null : "It must name somebody in at most 255 characters.";
	}

	static @Nullable String scopes(Collection<String> scopes) {
		return (areNames(scopes)) ? null : "A scope is printable ASCII without spaces, quotes and backslashes.";
	}

	static @Nullable String roles(Collection<String> roles) {
		boolean valid = areNames(roles) && roles.stream().noneMatch((role) -> role.startsWith("ROLE_"));
		return (valid) ? null : "A role is printable ASCII without spaces, quotes and backslashes, and without ROLE_.";
	}

	private static boolean areNames(Collection<String> names) {
		return String.join(" ", names).length() <= MAX_NAMES && names.stream().allMatch(ScopeName::isValid);
	}

}
