// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pages of the documentation and the blocks of code on them.
 */
final class Pages {

	private static final Path ROOT = Path.of("..");

	/**
	 * Of back ticks or tildes, also in a list or a quotation.
	 */
	private static final Pattern FENCE = Pattern.compile("^((?:[ \\t>]|[-*+] |\\d+[.)] )*)(`{3,}|~{3,})([^`]*)$");

	private static final Pattern INDENT = Pattern.compile("^[ \\t>]*");

	private Pages() {
	}

	/**
	 * Return all pages, as seen from the root of the project.
	 */
	static List<String> all() {
		List<String> pages = new ArrayList<>(List.of("README.md", "CONTRIBUTING.md", "sample-app/README.md"));
		try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
			files.filter((file) -> file.toString().endsWith(".md"))
				.map((file) -> ROOT.relativize(file).toString().replace('\\', '/'))
				.sorted()
				.forEach(pages::add);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return pages;
	}

	static List<CodeBlock> blocks(String page) {
		try {
			return blocks(page, Files.readAllLines(ROOT.resolve(page)));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static List<CodeBlock> blocks(String page, List<String> lines) {
		List<CodeBlock> blocks = new ArrayList<>();
		for (int i = 0; i < lines.size(); i++) {
			Matcher opening = FENCE.matcher(lines.get(i));
			if (!opening.matches()) {
				continue;
			}
			int begin = i;
			StringBuilder text = new StringBuilder();
			for (i++; i < lines.size() && !closes(lines.get(i), opening.group(2)); i++) {
				text.append(withoutIndent(lines.get(i), opening.group(1).length())).append('\n');
			}
			blocks.add(CodeBlock.of(page, begin + 1, opening.group(3), text.toString()));
		}
		return blocks;
	}

	/**
	 * Put something else into a block.
	 */
	static void replace(CodeBlock block, String text) {
		Path file = ROOT.resolve(block.page());
		try {
			List<String> lines = new ArrayList<>(Files.readAllLines(file));
			int old = (int) block.text().lines().count();
			lines.subList(block.line(), block.line() + old).clear();
			lines.addAll(block.line(), text.lines().toList());
			Files.writeString(file, String.join("\n", lines) + "\n");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean closes(String line, String fence) {
		String text = INDENT.matcher(line).replaceFirst("").strip();
		return text.startsWith(fence) && text.chars().allMatch((letter) -> letter == fence.charAt(0));
	}

	private static String withoutIndent(String line, int indent) {
		int from = 0;
		while (from < indent && from < line.length() && INDENT.matcher(line.substring(from, from + 1)).matches()) {
			from++;
		}
		return line.substring(from);
	}

}
