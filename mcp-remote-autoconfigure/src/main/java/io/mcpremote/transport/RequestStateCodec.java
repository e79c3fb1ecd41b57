// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Seals state that travels through clients with AES-256-GCM: they can neither read nor
 * change it. The first key seals, all keys open, so that keys can be replaced while
 * states are under way.
 */
final class RequestStateCodec {

	// Another one whenever what is sealed has another form
	private static final String VERSION = "v2";

	private static final int KEY_BYTES = 32;

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private static final int MAX_LENGTH = 64 * 1024;

	private static final ObjectMapper MAPPER = JsonMapper.shared();

	private final SecureRandom random = new SecureRandom();

	private final List<Key> keys;

	RequestStateCodec(List<byte[]> keys) {
		this.keys = keys.stream().map(Key::of).toList();
	}

	/**
	 * Create a codec with a key that nobody else has.
	 */
	static RequestStateCodec withGeneratedKey() {
		byte[] key = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(key);
		return new RequestStateCodec(List.of(key));
	}

	/**
	 * Read configured keys.
	 * @throws IllegalArgumentException if a key is no Base64 or has the wrong length
	 */
	static RequestStateCodec withKeys(List<String> encoded) {
		List<byte[]> keys = new ArrayList<>();
		for (String text : encoded) {
			byte[] key = Base64.getDecoder().decode(text.strip());
			if (key.length != KEY_BYTES) {
				throw new IllegalArgumentException("a key must have 32 bytes, not " + key.length);
			}
			keys.add(key);
		}
		return new RequestStateCodec(keys);
	}

	String newId() {
		byte[] id = new byte[16];
		this.random.nextBytes(id);
		return HexFormat.of().formatHex(id);
	}

	/**
	 * Seal a state.
	 * @throws IllegalStateException if the state is too large to travel
	 */
	String seal(RequestState state) {
		Key key = this.keys.get(0);
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, nonce, MAPPER.writeValueAsBytes(state));
		byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
		System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
		String text = VERSION + "." + key.id() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
		if (text.length() > MAX_LENGTH) {
			throw new IllegalStateException("The state of a call has grown to " + text.length()
					+ " characters, which is too much to carry through its client");
		}
		return text;
	}

	/**
	 * Open a state.
	 * @throws InvalidStateException if it was not sealed here, or has been changed
	 */
	RequestState open(String text) throws InvalidStateException {
		String[] parts = (text.length() <= MAX_LENGTH) ? text.split("\\.", 4) : new String[0];
		if (parts.length != 3 || !VERSION.equals(parts[0])) {
			throw new InvalidStateException("it has no known form");
		}
		Key key = this.keys.stream().filter((candidate) -> candidate.id().equals(parts[1])).findFirst().orElse(null);
		if (key == null) {
			throw new InvalidStateException("its key is not among the configured ones");
		}
		try {
			byte[] all = Base64.getUrlDecoder().decode(parts[2]);
			if (all.length <= NONCE_BYTES + TAG_BITS / 8) {
				throw new InvalidStateException("it is too short");
			}
			byte[] plain = crypt(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE_BYTES),
					Arrays.copyOfRange(all, NONCE_BYTES, all.length));
			return MAPPER.readValue(plain, RequestState.class);
		}
		catch (RuntimeException ex) {
			// Whatever decoders and providers throw at what somebody made up
			throw new InvalidStateException("it has been changed");
		}
	}

	private static byte[] crypt(int mode, Key key, byte[] nonce, byte[] input) {
		try {
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
			cipher.updateAAD((VERSION + "." + key.id()).getBytes(StandardCharsets.US_ASCII));
			return cipher.doFinal(input);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("State could not be sealed or opened", ex);
		}
	}

	private static byte[] sha256(byte[] input) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(input);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A key with a name that gives nothing of it away.
	 *
	 * @param id its name
	 * @param secret the key itself
	 */
	private record Key(String id, SecretKeySpec secret) {

		static Key of(byte[] key) {
			return new Key(HexFormat.of().formatHex(sha256(key), 0, 6), new SecretKeySpec(key, "AES"));
		}

		@Override
		public String toString() {
			return "Key[" + this.id + "]";
		}

	}

	/**
	 * A state is not accepted. Why, is for the log only.
	 */
	static final class InvalidStateException extends Exception {

		InvalidStateException(String reason) {
			super(reason, null, false, false);
		}

	}

}
