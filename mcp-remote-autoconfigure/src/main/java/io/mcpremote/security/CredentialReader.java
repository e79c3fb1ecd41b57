// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Enumeration;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credential of a request, in the {@code Authorization} header and nowhere
 * else.
 */
final class CredentialReader {

	/**
	 * Leaves room for the other headers in the 8 KB that servers take by default: what is
	 * beyond those they refuse themselves, and not in a way that clients understand.
	 */
	private static final int MAX_LENGTH = 6 * 1024;

	private static final String BEARER = "Bearer ";

	private static final String DPOP = "DPoP ";

	/**
	 * Read the credential.
	 * @return the credential or {@code null} if there is none
	 * @throws BadTokenException if there is something that is none
	 */
	@Nullable Credential read(HttpServletRequest request) {
		Enumeration<String> headers = request.getHeaders("Authorization");
		if (!headers.hasMoreElements()) {
			return null;
		}
		String header = headers.nextElement();
		if (headers.hasMoreElements()) {
			throw new BadTokenException(TokenFault.MALFORMED);
		}
		if (startsWith(header, BEARER)) {
			return new Credential(Credential.Scheme.BEARER, token(header, BEARER.length()), request);
		}
		if (startsWith(header, DPOP)) {
			return new Credential(Credential.Scheme.DPOP, token(header, DPOP.length()), request);
		}
		throw new BadTokenException(TokenFault.MALFORMED);
	}

	private static boolean startsWith(String header, String scheme) {
		return header.regionMatches(true, 0, scheme, 0, scheme.length());
	}

	private static String token(String header, int from) {
		int start = from;
		while (start < header.length() && header.charAt(start) == ' ') {
			start++;
		}
		int length = header.length() - start;
		if (length > MAX_LENGTH) {
			throw new BadTokenException(TokenFault.TOO_LONG);
		}
		if (length == 0) {
			throw new BadTokenException(TokenFault.MALFORMED);
		}
		for (int i = start; i < header.length(); i++) {
			if (!isTokenCharacter(header.charAt(i))) {
				throw new BadTokenException(TokenFault.MALFORMED);
			}
		}
		return header.substring(start);
	}

	/**
	 * The alphabet of RFC 6750.
	 */
	private static boolean isTokenCharacter(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
				|| c == '_' || c == '~' || c == '+' || c == '/' || c == '=';
	}

}
