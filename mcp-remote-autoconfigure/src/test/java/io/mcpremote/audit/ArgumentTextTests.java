// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.TestCalls;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ArgumentText}.
 */
class ArgumentTextTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String SECRET = "mcpk_0123456789ab_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq";

	private NameRules rules = NameRules.DEFAULT;

	private List<Redactor> redactors = List.of();

	private int max = 4096;

	@Test
	void ofWhenOrdinaryThenAsTheyAre() {
		assertThat(of("{\"a\":\"b\",\"n\":1,\"f\":1.5,\"t\":true,\"z\":null,\"l\":[1,\"x\",{}],\"o\":{\"p\":\"q\"}}"))
			.isEqualTo("{\"a\":\"b\",\"n\":1,\"f\":1.5,\"t\":true,\"z\":null,\"l\":[1,\"x\",{}],\"o\":{\"p\":\"q\"}}");
	}

	@Test
	void ofWhenNamesAreSecretThenValuesAreMaskedWhateverTheyAre() {
		assertThat(
				of("{\"password\":\"x\",\"pin\":1234,\"credentials\":{\"a\":\"b\"},\"api_key\":[\"k\"],\"otp\":null}"))
			.isEqualTo(
					"{\"password\":\"******\",\"pin\":\"******\",\"credentials\":\"******\",\"api_key\":\"******\",\"otp\":null}");
	}

	@Test
	void ofWhenTokensAreCountedThenTheNumberIsKept() {
		assertThat(of("{\"maxTokens\":100,\"tokens\":100}")).isEqualTo("{\"maxTokens\":100,\"tokens\":\"******\"}");
		assertThat(of("{\"maxTokens\":\"hunter2\"}")).isEqualTo("{\"maxTokens\":\"******\"}");
		this.rules = new NameRules(SchemaSecrets.of(null), List.of("max-tokens"));
		assertThat(of("{\"maxTokens\":100}")).isEqualTo("{\"maxTokens\":\"******\"}");
	}

	@Test
	void ofWhenSecretsAreTenLevelsDownThenMasked() {
		Object value = new LinkedHashMap<>(Map.of("password", "hunter2", "note", SECRET, "list", List.of("a", SECRET)));
		for (int i = 0; i < 10; i++) {
			value = (i % 2 == 0) ? Map.of("level" + i, value) : Map.of("list" + i, List.of(value));
		}
		assertThat(of(Map.of("top", value))).contains("level0")
			.contains(SecretText.MASK)
			.doesNotContain("hunter2")
			.doesNotContain("mcpk_");
	}

	@Test
	void ofWhenDeeperThanAnybodyLooksThenCut() {
		Object value = "hunter2";
		for (int i = 0; i < 1000; i++) {
			value = (i % 2 == 0) ? Map.of("a", value) : List.of(value);
		}
		String text = of(Map.of("top", value));
		assertThat(text).doesNotContain("hunter2").hasSizeLessThan(500);
		JSON.readTree(text);
	}

	@Test
	void ofWhenKeysAreSecretsThenMasked() {
		assertThat(of(Map.of(SECRET, "a"))).isEqualTo("{\"******\":\"a\"}");
		assertThat(of(Map.of("card 4111111111111111", "a"))).isEqualTo("{\"card ******\":\"a\"}");
	}

	@Test
	void ofWhenPairsOfNameAndValueThenMasked() {
		assertThat(of(
				"{\"headers\":[{\"name\":\"Authorization\",\"value\":\"abc\"},{\"key\":\"Accept\",\"value\":\"x\"}]}"))
			.isEqualTo(
					"{\"headers\":[{\"name\":\"Authorization\",\"value\":\"******\"},{\"key\":\"Accept\",\"value\":\"x\"}]}");
	}

	@Test
	void ofWhenPairsInOtherSpellingThenMasked() {
		assertThat(of("{\"a\":{\"Name\":\"password\",\"Value\":\"x\"},\"b\":{\"KEY\":\"pin\",\"VALUE\":1}}")).isEqualTo(
				"{\"a\":{\"Name\":\"password\",\"Value\":\"******\"},\"b\":{\"KEY\":\"pin\",\"VALUE\":\"******\"}}");
	}

	@Test
	void ofWhenNameHasDotsOfItsOwnThenPathCountsAsWell() {
		this.rules = new NameRules(SchemaSecrets.of(null), List.of("patient.name"));
		assertThat(of("{\"patient.name\":\"Ann\",\"name\":\"Bob\"}"))
			.isEqualTo("{\"patient.name\":\"******\",\"name\":\"Bob\"}");
	}

	@Test
	void ofWhenRedactorThrowsAnErrorThenPlaceholder() {
		this.redactors = List.of((call, path, value) -> {
			throw new NoClassDefFoundError("hunter2");
		});
		assertThat(of("{\"a\":\"hunter2\"}")).isEqualTo("{\"a\":\"******\"}");
	}

	@Test
	void ofWhenOptionsOfACommandThenMasked() {
		assertThat(of("{\"args\":[\"login\",\"--password\",\"hunter2\",\"-v\",\"--token=hunter2\"]}"))
			.isEqualTo("{\"args\":[\"login\",\"--password\",\"******\",\"-v\",\"--token=******\"]}");
	}

	@Test
	void ofWhenNumbersAreOfCardsThenMasked() {
		Map<String, Object> arguments = new LinkedHashMap<>();
		arguments.put("a", 4111111111111111L);
		arguments.put("b", new BigInteger("4111111111111111"));
		arguments.put("c", 4111111111111111.0);
		arguments.put("d", 1754042400000L);
		assertThat(of(arguments)).isEqualTo("{\"a\":\"******\",\"b\":\"******\",\"c\":\"******\",\"d\":1754042400000}");
	}

	@Test
	void ofWhenPathsAreSensitiveThenMaskedInAnySpellingAndThroughLists() {
		this.rules = new NameRules(SchemaSecrets.of(null), List.of("patient.name", "diagnosis", "employee_id"));
		assertThat(of("""
				{"patient":[{"name":"Ann","age":4}],"name":"Bob","x":{"Diagnosis":{"a":1}},"employeeId":7}"""))
			.isEqualTo(
					"{\"patient\":[{\"name\":\"******\",\"age\":4}],\"name\":\"Bob\",\"x\":{\"Diagnosis\":\"******\"},\"employeeId\":\"******\"}");
	}

	@Test
	void ofWhenSchemaMarksThenMaskedWhereverTheNameIs() {
		this.rules = new NameRules(
				SchemaSecrets.of(Map.of("properties", Map.of("note", Map.of("type", "string", "writeOnly", true)))),
				List.of());
		assertThat(of("{\"note\":\"a\",\"deep\":[{\"note\":\"b\"}],\"password\":\"c\"}"))
			.isEqualTo("{\"note\":\"******\",\"deep\":[{\"note\":\"******\"}],\"password\":\"******\"}");
	}

	@Test
	void ofWhenRedactorsThenTheyAddToTheRules() {
		this.redactors = List.of((call, path, value) -> (path.equals("a.b")) ? "<" + value + ">" : value);
		assertThat(of("{\"a\":{\"b\":\"x\",\"c\":5},\"password\":\"p\",\"l\":[\"y\"]}"))
			.isEqualTo("{\"a\":{\"b\":\"<x>\",\"c\":5},\"password\":\"******\",\"l\":[\"y\"]}");
	}

	@Test
	void ofWhenRedactorFailsThenPlaceholder() {
		this.redactors = List.of((call, path, value) -> {
			throw new IllegalStateException("hunter2");
		});
		assertThat(of("{\"a\":\"hunter2\",\"b\":1,\"c\":true}"))
			.isEqualTo("{\"a\":\"******\",\"b\":\"******\",\"c\":true}");
		this.redactors = List.of((call, path, value) -> null);
		assertThat(of("{\"a\":\"hunter2\"}")).isEqualTo("{\"a\":\"******\"}");
		this.redactors = List.of((call, path, value) -> "x".repeat(1_000_000));
		assertThat(of("{\"a\":\"hunter2\"}")).isEqualTo("{\"a\":\"******\"}");
	}

	@Test
	void ofWhenHugeThenBoundedAndStillJson() {
		Map<String, Object> arguments = new LinkedHashMap<>();
		for (int i = 0; i < 100_000; i++) {
			arguments.put("name" + i, "value " + i);
		}
		assertBounded(arguments);
		assertBounded(Map.of("text", "x".repeat(10_000_000)));
		assertBounded(Map.of("list", new ArrayList<>(Collections.nCopies(1_000_000, Map.of("a", 1)))));
		assertBounded(Map.of("n".repeat(1_000_000), "a"));
		assertBounded(Map.of("texts", Collections.nCopies(1000, "y".repeat(2000))));
		assertBounded(Map.of("control", "\u0001".repeat(2000)));
	}

	@Test
	void ofWhenHalfCharactersThenStillJson() {
		JsonNode read = JSON.readTree(of(Map.of("a\ud800", "b\udc00\u0000")));
		assertThat(read.get("a\ufffd").asString()).isEqualTo("b\ufffd\ufffd");
	}

	@Test
	void ofWhenNotOfJsonThenAsText() {
		Map<String, Object> arguments = new LinkedHashMap<>();
		arguments.put("a", new StringBuilder("password=x"));
		arguments.put("b", Double.NaN);
		arguments.put(null, Arrays.asList(null, "a"));
		assertThat(of(arguments)).isEqualTo("{\"a\":\"password=******\",\"b\":\"NaN\",\"null\":[null,\"a\"]}");
	}

	@Test
	void namesThenNoValues() {
		ArgumentText text = new ArgumentText(TestCalls.tool(), this.rules, List.of(), this.max);
		Map<String, Object> arguments = new LinkedHashMap<>();
		arguments.put("city", "Bonn");
		arguments.put(SECRET, "a");
		assertThat(text.names(arguments)).isEqualTo("[\"city\",\"******\"]");
	}

	private void assertBounded(Map<String, Object> arguments) {
		String text = of(arguments);
		assertThat(text.length()).isLessThan(3 * this.max);
		JSON.readTree(text);
	}

	@SuppressWarnings("unchecked")
	private String of(String json) {
		return of(JSON.readValue(json, LinkedHashMap.class));
	}

	private String of(Map<String, Object> arguments) {
		return new ArgumentText(TestCalls.tool(), this.rules, this.redactors, this.max).of(arguments);
	}

}
