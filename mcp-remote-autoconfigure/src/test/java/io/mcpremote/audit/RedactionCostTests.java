// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.mcpremote.call.TestCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client sends makes nobody work for long. Times of one thread are compared with
 * one another, the shortest of several each.
 */
class RedactionCostTests {

	private static final int MEBIBYTE = 1024 * 1024;

	/**
	 * With twice that much work for each character of a text twice as long, it would be
	 * 256 times the work.
	 */
	private static final int TIMES = 16;

	private static final int ROUNDS = 5;

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	@ParameterizedTest
	@ValueSource(strings = { "://", "://a:b", "://a/", "eyJ-", "eyJ.", "@", "a:", "-x ", "%3D", "%25", "44 ", "4-",
			"bearer ", "pwd=&", "pwd:", "-----BEGIN ", "max_tokens=1 ", "[{\"a\":", "\\\"" })
	void ofWhenTextIsManyTimesAsLongThenNotMuchMoreThanThatManyTimesTheWork(String part) {
		String text = part.repeat(MEBIBYTE / part.length());
		Costs costs = Costs.of(text, text.substring(0, text.length() / TIMES));
		assertThat(costs.first()).isLessThan(4 * TIMES * Math.max(costs.second(), 50_000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "://", "://a:b", "eyJ-" })
	void ofWhenEveryFewCharactersMayBeginASecretThenNoneIsLookedAtAgainAndAgain(String part) {
		// Looked at to the end of the text each time, it would be thousands of times the
		// work
		Costs costs = Costs.of(part.repeat(MEBIBYTE / part.length()), "prose ".repeat(MEBIBYTE / "prose ".length()));
		assertThat(costs.first()).isLessThan(16 * costs.second());
	}

	@Test
	void ofWhenTextHoldsOneSecretEachThenAllAreFoundWhateverWasLookedAtBefore() {
		String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl";
		assertThat(SecretText.of("eyJ-eyJ-eyJ- " + jwt + " eyJ-", 1024)).isEqualTo("eyJ-eyJ-eyJ- ****** eyJ-");
		assertThat(SecretText.of("a://b/ c://d:e/f g://ann:pw@h i://j k://bob:pw@l", 1024))
			.isEqualTo("a://b/ c://d:e/f g://******@h i://j k://******@l");
		assertThat(SecretText.of("a://b:c" + "://d:e".repeat(300) + " f://ann:pw@g", 4096)).endsWith(" f://******@g");
	}

	@Test
	void ofWhenKeyHasNoEndThenOnlyWhatIsLookedAt() {
		assertThat(SecretText.of("-----BEGIN PRIVATE KEY-----" + "x".repeat(MEBIBYTE), 64)).startsWith("******");
	}

	@Test
	void isSecretWhenManyPathsThenStillFound() {
		List<String> paths = IntStream.range(0, 100).mapToObj((i) -> "patient" + i + ".name").toList();
		NameRules rules = new NameRules(SchemaSecrets.of(null), paths);
		Map<String, Object> arguments = new LinkedHashMap<>();
		arguments.put("patient7", Map.of("Name", "hunter2", "city", "Bonn"));
		arguments.put("other", Map.of("name", "Bob"));
		String text = new ArgumentText(TestCalls.tool(), rules, List.of(), 4096).of(arguments);
		assertThat(text).doesNotContain("hunter2").contains("\"city\":\"Bonn\"", "\"name\":\"Bob\"");
	}

	/**
	 * What two texts cost, each looked at in turn, so that both meet compiled code.
	 */
	private record Costs(long first, long second) {

		static Costs of(String first, String second) {
			long leastOfFirst = Long.MAX_VALUE;
			long leastOfSecond = Long.MAX_VALUE;
			for (int i = 0; i < ROUNDS; i++) {
				leastOfFirst = Math.min(leastOfFirst, cost(first));
				leastOfSecond = Math.min(leastOfSecond, cost(second));
			}
			return new Costs(leastOfFirst, leastOfSecond);
		}

		private static long cost(String text) {
			long before = THREADS.getCurrentThreadCpuTime();
			assertThat(SecretText.of(text, text.length())).isNotNull();
			return THREADS.getCurrentThreadCpuTime() - before;
		}

	}

}
