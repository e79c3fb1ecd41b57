// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Base64;

/**
 * Tells from the form of a token whether it is a signed JWT, and where its signature is.
 */
final class JwtForm {

	private JwtForm() {
	}

	static boolean hasThreeParts(String token) {
		return signatureDot(token) > 0;
	}

	/**
	 * Return the dot before the signature. Other tokens have three parts as well, but
	 * only the header of a JWT is an object, of which this is the first letter.
	 * @return the index of the dot, -1 if the token is no signed JWT
	 */
	static int contentEnd(String token) {
		return (token.startsWith("ey") || token.startsWith("ew")) ? signatureDot(token) : -1;
	}

	/**
	 * Return whether a signature is written in the one way there is. Libraries ignore
	 * characters that are none of base64url and bits that mean nothing, so that whoever
	 * has one token could make any number of it.
	 */
	static boolean isSignatureCanonical(String token) {
		String signature = token.substring(token.lastIndexOf('.') + 1);
		try {
			byte[] decoded = Base64.getUrlDecoder().decode(signature);
			return Base64.getUrlEncoder().withoutPadding().encodeToString(decoded).equals(signature);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static int signatureDot(String token) {
		int first = token.indexOf('.');
		int second = token.indexOf('.', first + 1);
		return (first > 0 && second > first && token.indexOf('.', second + 1) < 0) ? second : -1;
	}

}
