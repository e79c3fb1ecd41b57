// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What the first record of a file tells.
 *
 * @param ledger the directory or table
 * @param file the number of the file
 * @param key the key with which records are chained
 * @param mac the code of the record before
 * @param digest the digest of the last statement
 * @param events how many events there are already
 * @param statements how many statements there are already
 * @param process who writes
 */
record OpenData(String ledger, int file, String key, String mac, String digest, long events, long statements,
		String process) {

	private static final Pattern FORMAT = Pattern
		.compile("\\{\"version\":1,\"ledger\":\"([0-9a-f]{32})\",\"file\":([1-9][0-9]{0,8})"
				+ ",\"key\":\"([A-Za-z0-9._-]{1,64})\",\"mac\":\"([0-9a-f]{64})\",\"digest\":\"([0-9a-f]{64})\""
				+ ",\"events\":([0-9]{1,18}),\"statements\":([0-9]{1,18}),\"process\":\"([0-9-]{1,64})\"\\}");

	String text() {
		return "{\"version\":1,\"ledger\":\"" + this.ledger + "\",\"file\":" + this.file + ",\"key\":\"" + this.key
				+ "\",\"mac\":\"" + this.mac + "\",\"digest\":\"" + this.digest + "\",\"events\":" + this.events
				+ ",\"statements\":" + this.statements + ",\"process\":\"" + this.process + "\"}";
	}

	static @Nullable OpenData parse(String text) {
		Matcher matcher = FORMAT.matcher(text);
		if (!matcher.matches()) {
			return null;
		}
		return new OpenData(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3), matcher.group(4),
				matcher.group(5), Long.parseLong(matcher.group(6)), Long.parseLong(matcher.group(7)), matcher.group(8));
	}

}
