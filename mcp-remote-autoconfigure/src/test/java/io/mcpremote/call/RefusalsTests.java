// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.CallOutcome.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Refusals say what the protocol wants said, and repeat nothing harmful.
 */
class RefusalsTests {

	@Test
	void shownWhenPrintableThenSame() {
		assertThat(Refusals.shown("h\u00e9llo \u4e16 \ud83d\ude00")).isEqualTo("h\u00e9llo \u4e16 \ud83d\ude00");
	}

	@Test
	void shownWhenControlCharactersThenOneLine() {
		assertThat(Refusals.shown("a\r\nb\tc\u001b[31md\u0000e\u007ff\u0085g")).isEqualTo("a  b c [31md e f g");
	}

	@Test
	void shownWhenLongThenCut() {
		assertThat(Refusals.shown("x".repeat(100_000))).hasSizeLessThan(160).startsWith("xxx");
	}

	@Test
	void limitedThenDataAlwaysInOneOrder() {
		assertThat(Refusals.limited("user", "Too many", Duration.ofSeconds(3)).data())
			.containsExactly(Map.entry("retryAfter", 3L), Map.entry("level", "user"));
	}

	@Test
	void unsupportedVersionThenSaysWhatIsSupported() {
		Refusal refusal = Refusals.unsupportedVersion("1999-01-01\n");
		assertThat(refusal.reason()).isEqualTo(RefusalReason.UNSUPPORTED_VERSION);
		assertThat(refusal.data()).containsExactly(
				Map.entry("supported", List.of("2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")),
				Map.entry("requested", "1999-01-01 "));
	}

	@Test
	void missingCapabilityThenObjectOfCapabilities() {
		Refusal refusal = Refusals.missingCapability("sampling", "");
		assertThat(refusal.reason()).isEqualTo(RefusalReason.MISSING_CAPABILITY);
		assertThat(refusal.data()).isEqualTo(Map.of("requiredCapabilities", Map.of("sampling", Map.of())));
		assertThat(refusal.message()).contains("sampling").doesNotContain("()");
	}

	@Test
	void missingCapabilityWhenPartMissingThenNested() {
		Refusal refusal = Refusals.missingCapability("elicitation", "url");
		assertThat(refusal.data())
			.isEqualTo(Map.of("requiredCapabilities", Map.of("elicitation", Map.of("url", Map.of()))));
		assertThat(refusal.message()).contains("elicitation (url)");
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 1", "PT-5S, 1", "PT0.5S, 1", "PT2S, 2", "PT1M, 60" })
	void unavailableThenSaysWhenToRetry(Duration retryAfter, long seconds) {
		Refusal refusal = Refusals.unavailable("Busy", retryAfter);
		assertThat(refusal.reason()).isEqualTo(RefusalReason.UNAVAILABLE);
		assertThat(refusal.headers()).isEqualTo(Map.of("Retry-After", String.valueOf(seconds)));
		assertThat(refusal.data()).isEqualTo(Map.of("retryAfter", seconds));
	}

	@Test
	void methodNotFoundThenShowsMethod() {
		Refusal refusal = Refusals.methodNotFound("no/such\nthing");
		assertThat(refusal.reason()).isEqualTo(RefusalReason.METHOD_NOT_FOUND);
		assertThat(refusal.message()).isEqualTo("Method not found: no/such thing");
		assertThat(refusal.data()).isEmpty();
	}

	@Test
	void unknownTargetThenShowsName() {
		Refusal refusal = Refusals.unknownTarget("tool", "nope\u0007");
		assertThat(refusal.reason()).isEqualTo(RefusalReason.UNKNOWN_TARGET);
		assertThat(refusal.message()).isEqualTo("Unknown tool: nope ");
	}

	@Test
	void unknownResourceThenUriInData() {
		Refusal refusal = Refusals.unknownResource("file:///nope");
		assertThat(refusal.reason()).isEqualTo(RefusalReason.UNKNOWN_RESOURCE);
		assertThat(refusal.data()).isEqualTo(Map.of("uri", "file:///nope"));
	}

	@Test
	void invalidParamsThenSaysWhich() {
		Refusal refusal = Refusals.invalidParams("cursor must be a string");
		assertThat(refusal.reason()).isEqualTo(RefusalReason.INVALID_PARAMS);
		assertThat(refusal.message()).isEqualTo("Invalid params: cursor must be a string");
	}

}
