// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Shows the console to whoever sits at the machine and has read its log. What a proxy
 * passes on is not from there, nor is a page that has its own name point to it; what a
 * proxy hides, the token tells.
 */
final class LoopbackAccess implements ConsoleAccess {

	private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

	private static final Set<String> PASSED_ON = Set.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host",
			"X-Forwarded-Proto", "X-Real-IP");

	private static final Pattern ADDRESS = Pattern.compile("(::ffff:)?127(\\.\\d{1,3}){3}|(::|0:0:0:0:0:0:0:)1(%.*)?");

	private static final int TOKEN_BYTES = 16;

	private final byte[] query;

	private LoopbackAccess(byte[] query) {
		this.query = query;
	}

	/**
	 * Create an instance with a token nobody knows yet.
	 */
	static LoopbackAccess create() {
		byte[] token = new byte[TOKEN_BYTES];
		new SecureRandom().nextBytes(token);
		return new LoopbackAccess(("token=" + HexFormat.of().formatHex(token)).getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Return the query that the address of the page has to have.
	 */
	String query() {
		return new String(this.query, StandardCharsets.US_ASCII);
	}

	/**
	 * Return whether a name stands for this machine wherever it is looked up.
	 */
	static boolean isLocal(@Nullable String host) {
		return host != null && NAMES.contains(host);
	}

	@Override
	public Decision decide(HttpServletRequest request) {
		boolean passedOn = PASSED_ON.stream().anyMatch((name) -> request.getHeader(name) != null);
		return (!passedOn && ADDRESS.matcher(request.getRemoteAddr()).matches() && isLocal(request.getServerName())
				&& hasToken(request)) ? Decision.SHOWN : Decision.REFUSED;
	}

	private boolean hasToken(HttpServletRequest request) {
		String sent = request.getQueryString();
		return sent != null && MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), this.query);
	}

	@Override
	public BooleanSupplier standing(HttpServletRequest request) {
		return () -> true;
	}

	@Override
	public void askForLogin() {
		// There is none
	}

}
