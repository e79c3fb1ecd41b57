// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Says, signed, how far a chain had come at some time. It is also kept away from the
 * chain, so that whoever cuts the chain contradicts it.
 *
 * @param kind what it is said for
 * @param ledger the directory or table of the chain
 * @param chain the chain
 * @param number counts the statements of the chain from 1, 0 for an anchor
 * @param seq the last record that is spoken of
 * @param mac the code of that record
 * @param events how many events the chain has up to there
 * @param digest of everything since the statement before, and of that statement's digest
 * @param time when it was said
 * @param algorithm of the signature
 * @param key that signed
 * @param signed the text that is signed
 * @param signature the signature
 */
record Statement(Kind kind, String ledger, String chain, long number, long seq, String mac, long events, String digest,
		Instant time, String algorithm, String key, String signed, String signature) {

	/**
	 * What statements are made for.
	 */
	enum Kind {

		/**
		 * The chain goes on after this.
		 */
		CHECKPOINT("checkpoint"),

		/**
		 * The chain ends with this.
		 */
		END("end"),

		/**
		 * The chain has been deleted up to here because nothing is kept for longer.
		 */
		ANCHOR("anchor");

		private final String text;

		Kind(String text) {
			this.text = text;
		}

		String text() {
			return this.text;
		}

		static Kind of(String text) {
			for (Kind kind : values()) {
				if (kind.text.equals(text)) {
					return kind;
				}
			}
			throw new IllegalArgumentException("Not a kind of statement");
		}

	}

	/**
	 * Fields have one order, and no two texts mean the same.
	 */
	private static final Pattern FORMAT = Pattern.compile("\\{\"statement\":\"(checkpoint|end|anchor)\""
			+ ",\"ledger\":\"([0-9a-f]{32})\",\"chain\":\"([0-9a-z-]{1,40})\",\"number\":(0|[1-9][0-9]{0,17})"
			+ ",\"seq\":(0|[1-9][0-9]{0,17}),\"mac\":\"([0-9a-f]{64})\",\"events\":(0|[1-9][0-9]{0,17})"
			+ ",\"digest\":\"([0-9a-f]{64})\",\"time\":(0|[1-9][0-9]{0,14})"
			+ ",\"algorithm\":\"(HmacSHA256|Ed25519)\",\"key\":\"([A-Za-z0-9._-]{1,64})\""
			+ ",\"signature\":\"([0-9a-f]{64}|[0-9a-f]{128})\"\\}");

	private static final String SIGNATURE = ",\"signature\":\"";

	/**
	 * Make a statement.
	 */
	static Statement sign(Kind kind, String ledger, String chain, long number, long seq, String mac, long events,
			String digest, Instant time, LedgerKeys keys) {
		String signed = "{\"statement\":\"" + kind.text() + "\",\"ledger\":\"" + ledger + "\",\"chain\":\"" + chain
				+ "\",\"number\":" + number + ",\"seq\":" + seq + ",\"mac\":\"" + mac + "\",\"events\":" + events
				+ ",\"digest\":\"" + digest + "\",\"time\":" + time.toEpochMilli() + keys.signer();
		Statement statement = find(signed + SIGNATURE + keys.sign(signed) + "\"}");
		if (statement == null) {
			throw new IllegalStateException("Not a statement: " + signed);
		}
		return statement;
	}

	static String signer(String algorithm, String key) {
		return ",\"algorithm\":\"" + algorithm + "\",\"key\":\"" + key + "\"";
	}

	/**
	 * Return the statement that a text consists of.
	 */
	static @Nullable Statement parse(CharSequence text) {
		Matcher matcher = FORMAT.matcher(text);
		return (matcher.matches()) ? of(matcher) : null;
	}

	/**
	 * Return the first statement in a text such as the line of a log, where it may be a
	 * string of JSON.
	 */
	static @Nullable Statement find(CharSequence text) {
		Matcher matcher = FORMAT.matcher(text);
		if (matcher.find()) {
			return of(matcher);
		}
		Matcher unescaped = FORMAT.matcher(text.toString().replace("\\\"", "\""));
		return (unescaped.find()) ? of(unescaped) : null;
	}

	private static Statement of(Matcher matcher) {
		String text = matcher.group();
		return new Statement(Kind.of(matcher.group(1)), matcher.group(2), matcher.group(3),
				Long.parseLong(matcher.group(4)), Long.parseLong(matcher.group(5)), matcher.group(6),
				Long.parseLong(matcher.group(7)), matcher.group(8),
				Instant.ofEpochMilli(Long.parseLong(matcher.group(9))), matcher.group(10), matcher.group(11),
				text.substring(0, text.lastIndexOf(SIGNATURE)), matcher.group(12));
	}

	/**
	 * Return whether the statement, held by a record, is true of what stands before it.
	 */
	boolean agrees(LedgerLine line, ChainState state) {
		Kind expected = (line.kind() == RecordKind.END) ? Kind.END : Kind.CHECKPOINT;
		return this.kind == expected && this.chain.equals(line.chain()) && this.seq == line.seq() - 1
				&& this.mac.equals(state.mac) && this.events == state.events && this.number == state.statements + 1
				&& this.digest.equals(state.digestNow());
	}

	/**
	 * Return the statement as one line of JSON.
	 */
	String text() {
		return this.signed + SIGNATURE + this.signature + "\"}";
	}

}
