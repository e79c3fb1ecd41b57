// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Blocks that show what the program says. Run with {@code -Dmcp.remote.docs=update}, the
 * tests write what it does say into the pages instead of comparing.
 */
final class ShownText {

	private static final boolean UPDATE = "update".equals(System.getProperty("mcp.remote.docs"));

	private ShownText() {
	}

	/**
	 * Return what the pages show of a runner, by what is run.
	 */
	static Map<String, List<CodeBlock>> of(String runner) {
		Map<String, List<CodeBlock>> shown = new TreeMap<>();
		for (String page : Pages.all()) {
			for (CodeBlock block : Pages.blocks(page)) {
				if (block.is("run") && block.detail().startsWith(runner + " ")) {
					shown.computeIfAbsent(block.what(), (what) -> new ArrayList<>()).add(block);
				}
			}
		}
		return shown;
	}

	/**
	 * Return what is shown, once it has been made to say the truth if that is asked for.
	 */
	static List<String> texts(String runner, String what, String truth) {
		if (UPDATE) {
			// One at a time, since each moves those below it
			for (int i = 0; i < of(runner).get(what).size(); i++) {
				Pages.replace(of(runner).get(what).get(i), truth);
			}
		}
		return of(runner).getOrDefault(what, List.of()).stream().map(CodeBlock::text).toList();
	}

}
