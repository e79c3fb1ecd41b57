// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.mcpremote.test.UsedSecrets.Kind;

/**
 * Finds secrets, and parts of them, in text: as they are, in Base64 and as in URLs.
 */
final class SecretSearch {

	/**
	 * As short as the shortest secret.
	 */
	private static final int WINDOW = 8;

	/**
	 * Whoever writes twice as much of a long secret is found.
	 */
	private static final int PIECE = 16;

	/**
	 * What is longer, nobody puts into a header for Basic authentication.
	 */
	private static final int MAX_ENCODED = 200;

	private final Map<String, List<Form>> forms = new HashMap<>();

	/**
	 * Create a search.
	 * @param secrets what to search for
	 */
	SecretSearch(Collection<Secret> secrets) {
		secrets.forEach((secret) -> {
			for (String form : forms(secret)) {
				this.forms.computeIfAbsent(form.substring(0, WINDOW), (key) -> new ArrayList<>(1))
					.add(new Form(form, secret));
			}
		});
	}

	/**
	 * Read the secrets that tests have noted.
	 */
	static List<Secret> read(Path file) throws IOException {
		List<Secret> all = new ArrayList<>();
		for (String line : Files.readAllLines(file)) {
			String[] parts = line.split("\t");
			all.add(new Secret(Kind.valueOf(parts[0]), parts[1],
					new String(Base64.getDecoder().decode(parts[2]), StandardCharsets.UTF_8)));
		}
		return all;
	}

	/**
	 * Find secrets in a file, of each the first place.
	 */
	List<Leak> in(Path file) throws IOException {
		List<Leak> leaks = new ArrayList<>();
		Set<Secret> found = new LinkedHashSet<>();
		try (BufferedReader reader = Files.newBufferedReader(file)) {
			long number = 0;
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				number++;
				for (Secret secret : in(line)) {
					if (found.add(secret)) {
						leaks.add(new Leak(secret, file.getParent().getFileName() + "/" + file.getFileName(), number,
								line));
					}
				}
			}
		}
		return leaks;
	}

	/**
	 * Find secrets in a text.
	 */
	Set<Secret> in(String text) {
		Set<Secret> found = new LinkedHashSet<>();
		for (int i = 0; i + WINDOW <= text.length(); i++) {
			List<Form> candidates = this.forms.get(text.substring(i, i + WINDOW));
			if (candidates != null) {
				for (Form candidate : candidates) {
					if (text.startsWith(candidate.text(), i)) {
						found.add(candidate.secret());
					}
				}
			}
		}
		return found;
	}

	private static Set<String> forms(Secret secret) {
		Set<String> forms = new LinkedHashSet<>();
		String value = secret.value();
		String[] parts = value.split("\\.");
		if (value.startsWith("eyJ") && parts.length == 3) {
			// Headers are the same for all
			addPieces(forms, parts[1]);
			addPieces(forms, parts[2]);
			return forms;
		}
		addPieces(forms, value);
		if (value.length() <= MAX_ENCODED) {
			addPieces(forms, URLEncoder.encode(value, StandardCharsets.UTF_8));
			for (int before = 0; before < 3; before++) {
				addPieces(forms, encoded(Base64.getEncoder(), value, before));
				addPieces(forms, encoded(Base64.getUrlEncoder(), value, before));
			}
		}
		return forms;
	}

	/**
	 * Return what is the same of a text in Base64 whatever is before and behind it.
	 * @param before how many bytes are before it
	 */
	private static String encoded(Base64.Encoder encoder, String value, int before) {
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		byte[] padded = new byte[before + bytes.length];
		System.arraycopy(bytes, 0, padded, before, bytes.length);
		String encoded = encoder.withoutPadding().encodeToString(padded);
		int first = (before * 8 + 5) / 6;
		int last = padded.length * 8 / 6;
		return encoded.substring(first, last);
	}

	private static void addPieces(Set<String> forms, String text) {
		if (text.length() < 2 * PIECE) {
			if (text.length() >= WINDOW) {
				forms.add(text);
			}
			return;
		}
		for (int i = 0; i + PIECE <= text.length(); i += PIECE) {
			String piece = text.substring(i, i + PIECE);
			if (piece.chars().distinct().count() >= PIECE / 2) {
				forms.add(piece);
			}
		}
	}

	/**
	 * A secret.
	 *
	 * @param kind what it is
	 * @param test which test has used it first
	 * @param value the secret
	 */
	record Secret(Kind kind, String test, String value) {

		@Override
		public String toString() {
			return this.kind + " of " + this.test;
		}

	}

	/**
	 * A secret where it must not be.
	 *
	 * @param secret the secret
	 * @param file where it was found
	 * @param line the number of the line
	 * @param text the line
	 */
	record Leak(Secret secret, String file, long line, String text) {

		@Override
		public String toString() {
			String[] words = this.text.split("\\s+");
			String begin = String.join(" ", Arrays.asList(words).subList(0, Math.min(words.length, 40)));
			return this.secret + " in " + this.file + ":" + this.line + ": "
					+ begin.substring(0, Math.min(begin.length(), 400));
		}

	}

	private record Form(String text, Secret secret) {

	}

}
