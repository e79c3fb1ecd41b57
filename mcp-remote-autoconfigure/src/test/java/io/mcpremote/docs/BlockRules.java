// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Does what the tag of a block says, and says what is wrong with the block.
 */
final class BlockRules {

	private static final String EVERY_PAGE = "";

	/**
	 * Who runs blocks, and those of which page: {@code start} is
	 * {@link StartFailureTests}, {@code answer} is {@link AnswerTests}, {@code weather}
	 * is {@link GettingStartedTests}, {@code extending} is {@link ExtendingTests}, and
	 * {@code sample} is {@code ReadmeTests} and {@code dev-auth} is
	 * {@code DevAuthProfileTests} of the sample. Each of them fails on a block that it
	 * does not know. A script that runs blocks takes its place here.
	 */
	private static final Map<String, String> RUNNERS = Map.of("start", EVERY_PAGE, "answer", EVERY_PAGE, "weather",
			GettingStartedTests.PAGE, "extending", ExtendingTests.PAGE, "sample", "README.md", "dev-auth",
			"docs/troubleshooting.md");

	private BlockRules() {
	}

	static List<String> problems(List<CodeBlock> blocks) {
		List<String> problems = new ArrayList<>();
		List<CodeBlock> java = new ArrayList<>();
		for (CodeBlock block : blocks) {
			if (block.is("lint") && block.language().equals("java")) {
				java.add(block);
			}
			else {
				problems(block).forEach((problem) -> problems.add(block.problem(problem)));
			}
		}
		// All at once, since the compiler takes longest to begin
		problems.addAll(JavaFragments.problems(java));
		return problems;
	}

	private static List<String> problems(CodeBlock block) {
		return switch (block.tag()) {
			case "" -> List.of("a block without a tag: write run, bind, lint or shown behind its language");
			case "shown" ->
				(block.detail().split("\\s+").length < 2) ? List.of("shown needs a reason of some words") : List.of();
			case "run" -> runner(block);
			case "bind" -> BoundConfiguration.problems(block.language(), block.text());
			case "lint" -> Lint.problems(block.language(), block.text());
			default -> List.of("'" + block.tag() + "' is no tag: there are run, bind, lint and shown");
		};
	}

	private static List<String> runner(CodeBlock block) {
		String runner = block.detail().split(" ", 2)[0];
		String page = RUNNERS.get(runner);
		if (page == null) {
			return List.of("run by '" + runner + "', of which nobody knows: there are " + RUNNERS.keySet());
		}
		if (!page.equals(EVERY_PAGE) && !page.equals(block.page())) {
			return List.of("run by '" + runner + "', which reads no other page than " + page);
		}
		return (block.what().isBlank()) ? List.of("what " + runner + " is to run is not said") : List.of();
	}

}
