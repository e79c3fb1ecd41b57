// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The commands of the README, one after the other in one shell, are answered as is shown
 * there.
 */
@DirtiesContext
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
class ReadmeTests {

	private static final int PORT = TestSocketUtils.findAvailableTcpPort();

	private static final Pattern BLOCK = Pattern.compile("^```(\\w+) run sample (.+)\\R((?s:.*?))^```$",
			Pattern.MULTILINE);

	private static final Pattern SECONDS = Pattern.compile("(?<=;t=|Retry-After: |Wait |\"retryAfter\":)\\d+");

	/**
	 * How much of a limit's time may have passed between the first command and the last.
	 */
	private static final int PATIENCE = 60;

	@DynamicPropertySource
	static void port(DynamicPropertyRegistry registry) {
		registry.add("server.port", () -> PORT);
	}

	@Test
	void commandsWhenRunInOrderThenAnsweredAsShown() throws IOException, InterruptedException {
		// Where all pages have to be tried there must be one
		assumeThat(Boolean.getBoolean("mcp.remote.tests.strict") || !run("command -v curl").isEmpty())
			.as("bash and curl are there")
			.isTrue();
		String readme = Files.readString(Path.of("../README.md"));
		List<MatchResult> blocks = BLOCK.matcher(readme).results().toList();
		StringBuilder script = new StringBuilder();
		List<Answer> shown = new ArrayList<>();
		for (MatchResult block : blocks) {
			if (block.group(1).equals("http")) {
				String command = block.group(2);
				assertThat(readme.substring(0, block.start())).as("commands to copy").contains("`" + command + "`");
				script.append("echo; echo '# ").append(shown.size()).append("'\n").append(command).append('\n');
				shown.add(Answer.parse(block.group(3)));
			}
			else {
				script.append(block.group(3));
			}
		}
		String output = run(script.toString().replace("localhost:8080", "localhost:" + PORT));
		String[] answers = output.replace("localhost:" + PORT, "localhost:8080").split("# \\d+\\R");
		assertThat(answers).hasSize(shown.size() + 1);
		for (int i = 0; i < shown.size(); i++) {
			compare(Answer.parse(answers[i + 1]).withHeadersOf(shown.get(i)).toString(), shown.get(i).toString());
		}
		assertThat(shown).extracting(Answer::status)
			.containsExactly("HTTP/1.1 200", "HTTP/1.1 401", "HTTP/1.1 403", "HTTP/1.1 429");
	}

	/**
	 * Compare all but the seconds that have passed.
	 */
	private static void compare(String actual, String expected) {
		assertThat(SECONDS.matcher(actual).replaceAll("some")).isEqualTo(SECONDS.matcher(expected).replaceAll("some"));
		Matcher left = SECONDS.matcher(actual);
		Matcher shown = SECONDS.matcher(expected);
		while (left.find() && shown.find()) {
			int most = Integer.parseInt(shown.group());
			assertThat(Integer.parseInt(left.group())).as(actual).isBetween(most - PATIENCE, most);
		}
	}

	private static String run(String script) throws IOException, InterruptedException {
		Process bash;
		try {
			bash = new ProcessBuilder("bash", "-c", script).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		}
		catch (IOException ex) {
			// There is none on this machine
			return "";
		}
		String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		bash.waitFor();
		return output;
	}

	/**
	 * What {@code curl -i} prints.
	 */
	private record Answer(String status, List<String> headers, String body) {

		/**
		 * Read the last of several.
		 */
		static Answer parse(String text) {
			String last = text.substring(Math.max(0, text.lastIndexOf("HTTP/1.1 ")));
			String[] parts = last.replace("\r", "").split("\n\n", 2);
			List<String> head = parts[0].lines().map(String::strip).toList();
			return new Answer(head.get(0), head.subList(1, head.size()), (parts.length > 1) ? parts[1].strip() : "");
		}

		Answer withHeadersOf(Answer other) {
			return new Answer(this.status,
					other.headers.stream().map(Answer::name).map((name) -> header(name)).toList(), this.body);
		}

		private String header(String name) {
			return this.headers.stream().filter((header) -> name(header).equals(name)).findFirst().orElse("no " + name);
		}

		private static String name(String header) {
			return header.substring(0, Math.max(0, header.indexOf(':')));
		}

		@Override
		public String toString() {
			return this.status + "\n" + String.join("\n", this.headers) + "\n\n" + this.body + "\n";
		}

	}

}
