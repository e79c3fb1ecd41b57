// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.springframework.util.StreamUtils;

/**
 * The page, in one piece, with a policy that lets nothing run but what is in it.
 */
final class ConsolePage {

	private final byte[] html;

	private final String policy;

	private ConsolePage(byte[] html, String policy) {
		this.html = html;
		this.policy = policy;
	}

	/**
	 * Put the page together.
	 */
	static ConsolePage load() {
		String style = read("console.css");
		String script = read("console.js");
		String html = read("console.html").replace("/*style*/", style).replace("/*script*/", script);
		return new ConsolePage(html.getBytes(StandardCharsets.UTF_8),
				"default-src 'none'; script-src '" + digest(script) + "'; style-src '" + digest(style)
						+ "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
						+ " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
	}

	byte[] html() {
		return this.html;
	}

	/**
	 * Return the value of the header {@code Content-Security-Policy}.
	 */
	String policy() {
		return this.policy;
	}

	private static String read(String name) {
		try (InputStream content = ConsolePage.class.getResourceAsStream(name)) {
			if (content == null) {
				throw new IllegalStateException(name + " is missing in the jar of mcp-remote");
			}
			return StreamUtils.copyToString(content, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String digest(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
