// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.util.List;
import java.util.stream.Collectors;

import io.mcpremote.call.Refusals;

import org.springframework.util.StringUtils;

/**
 * What is wrong with an argument.
 *
 * @param path the names and indexes that lead to it, joined by dots; empty for the
 * arguments as a whole
 * @param why what is wrong, as the end of a sentence
 */
record Fault(String path, String why) {

	/**
	 * The most faults that a model is told of.
	 */
	static final int MAX_FAULTS = 5;

	private static final int MAX_LENGTH = 300;

	/**
	 * Tell a model about faults, one sentence each.
	 * @param faults the first of them, as many as are told or more
	 * @param total how many there are
	 */
	static String told(List<Fault> faults, int total) {
		String more = (total > MAX_FAULTS) ? " There are " + (total - MAX_FAULTS) + " more faults." : "";
		return faults.stream().limit(MAX_FAULTS).map(Fault::told).collect(Collectors.joining(" ")) + more;
	}

	private String told() {
		String subject = (this.path.isEmpty()) ? "The arguments are"
				: "The argument '" + Refusals.shown(this.path) + "' is";
		String end = (this.why.endsWith(".")) ? "" : ".";
		return subject + " not valid: " + StringUtils.truncate(this.why, MAX_LENGTH) + end;
	}

}
