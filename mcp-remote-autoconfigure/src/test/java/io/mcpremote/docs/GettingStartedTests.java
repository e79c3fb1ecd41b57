// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.Needed;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever follows the first steps, with the tool that is shown, gets the answer that is
 * shown.
 */
class GettingStartedTests {

	static final String PAGE = "docs/getting-started.md";

	private static final String RUNNER = "weather";

	@Test
	void commandWhenRunThenAnswersAsShown() throws IOException, InterruptedException {
		Needed.isThere("bash and curl", run("command -v curl"));
		CodeBlock tool = ShownText.of(RUNNER).get("tool").get(0);
		try (RunningServer server = RunningServer.start(List.of(), JavaClasses.ofFile("Weather", tool))) {
			String command = ShownText.of(RUNNER).get("question").get(0).text();
			assertThat(command).contains("http://localhost:8080/");
			String answer = run(command.replace("localhost:8080", "127.0.0.1:" + server.port()));
			assertThat(ShownText.texts(RUNNER, "answer", answer + "\n")).containsExactly(answer + "\n");
		}
	}

	@Test
	void pageThenShowsNothingElseToRun() {
		Map<String, List<CodeBlock>> blocks = ShownText.of(RUNNER);
		assertThat(blocks.keySet()).containsExactly("answer", "question", "tool");
		assertThat(blocks.values()).allSatisfy((shown) -> assertThat(shown).hasSize(1));
	}

	private static String run(String command) throws IOException, InterruptedException {
		Process bash;
		try {
			bash = new ProcessBuilder("bash", "-c", command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		}
		catch (IOException ex) {
			// There is none on this machine
			return "";
		}
		String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		bash.waitFor();
		return output.strip();
	}

}
