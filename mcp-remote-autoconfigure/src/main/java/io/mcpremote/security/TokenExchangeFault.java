// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.util.Collection;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.util.StringUtils;

/**
 * Says why an exchange failed without repeating what an authorization server, or the
 * client that asked it, may have quoted of a token.
 */
final class TokenExchangeFault {

	private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");

	/**
	 * Tokens are long words, and parts of JSON Web Tokens have dots between them.
	 */
	private static final Pattern LONG_WORD = Pattern.compile("\\S{20,}");

	private static final int MAX_DESCRIPTION = 200;

	/**
	 * The code that Spring Security gives to whatever is not an error response.
	 */
	private static final String INVALID_RESPONSE = "invalid_token_response";

	private TokenExchangeFault() {
	}

	static String describe(RuntimeException ex, Collection<String> secrets) {
		if (ex instanceof OAuth2AuthorizationException refused
				&& !INVALID_RESPONSE.equals(refused.getError().getErrorCode())) {
			return "the authorization server refused (" + told(refused.getError(), secrets) + ")";
		}
		Throwable cause = cause(ex);
		String kind = cause.getClass().getSimpleName();
		return (cause instanceof IOException) ? "the authorization server could not be reached (" + kind + ")"
				: "the authorization server did not answer as one does (" + kind + ")";
	}

	private static String told(OAuth2Error error, Collection<String> secrets) {
		String code = (CODE.matcher(error.getErrorCode()).matches()) ? error.getErrorCode() : "unknown error";
		String description = shown(error.getDescription(), secrets);
		return (description.isEmpty()) ? code : code + ": " + description;
	}

	private static String shown(@Nullable String description, Collection<String> secrets) {
		if (!StringUtils.hasText(description)) {
			return "";
		}
		String masked = description;
		for (String secret : secrets) {
			masked = (secret.isEmpty()) ? masked : masked.replace(secret, "***");
		}
		masked = LONG_WORD.matcher(masked).replaceAll("***");
		return StringUtils.truncate(masked.replaceAll("\\p{Cntrl}", " "), MAX_DESCRIPTION);
	}

	/**
	 * Return the first trouble with the connection, or else the innermost cause.
	 */
	private static Throwable cause(Throwable ex) {
		Throwable cause = ex;
		for (int depth = 0; !(cause instanceof IOException) && cause.getCause() != null && depth < 16; depth++) {
			cause = cause.getCause();
		}
		return cause;
	}

}
