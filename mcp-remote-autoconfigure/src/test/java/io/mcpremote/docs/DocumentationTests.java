// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every block of code in the documentation says what becomes of it, and it does become of
 * it.
 */
class DocumentationTests {

	@ParameterizedTest
	@MethodSource("pages")
	void blocksWhenTaggedThenHoldWhatTheTagSays(String page) {
		assertThat(BlockRules.problems(Pages.blocks(page))).isEmpty();
	}

	static Stream<String> pages() {
		return Pages.all().stream();
	}

	@Test
	void pagesThenHaveBlocksOfEachKind() {
		assertThat(pages().flatMap((page) -> Pages.blocks(page).stream()).map(CodeBlock::tag)).contains("run", "bind",
				"lint", "shown");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''            | x                             | without a tag
			yaml          | a: 1                          | without a tag
			yaml try      | a: 1                          | is no tag
			shell shown   | ls                            | needs a reason
			shell shown x | ls                            | needs a reason
			shell run     | ls                            | of which nobody knows
			shell run me  | ls                            | of which nobody knows
			text run start | x                            | is not said
			shell run sample token | ls                   | no other page than README.md
			yaml bind     | mcp.remote.no-such: 1         | no property mcp.remote.no-such
			yaml bind     | mcp.remote.tools.a.no-such: 1 | no-such
			yaml bind     | mcp.remote.tools.a.timeout: x | x
			yaml bind     | mcp.remote.cache.max-size: x  | x
			yaml bind     | spring.ai.no-such: 1          | no property spring.ai.no-such
			yaml bind     | spring.datasource.hikari.maximum-pool-size: many | many
			yaml bind     | resilience4j.retry.instances.a.max-attempts: 1 | no property resilience4j.retry
			yaml bind     | resilience4j.bulkhead.instances.a.no-such: 1 | no-such
			yaml bind     | management.no-such: 1         | no property management.no-such
			yaml bind     | 'a: [1'                       | expected
			properties bind | no.such=1                   | no property no.such
			json bind     | {}                            | not json
			json lint     | {                             | end-of-input
			json lint     | 1 2                           | Trailing token
			xml lint      | <a>                           | </a>
			yaml lint     | 'a: [1'                       | expected
			sql lint      | select nothing from nowhere   | NOWHERE
			shell lint    | ls                            | nobody can lint
			java lint     | class {                       | expected
			java lint     | void a() { NoSuch b; }        | NoSuch
			java lint     | @NoSuch void a() { ... }      | NoSuch
			""")
	void problemsWhenBlockIsWrongThenSaySo(String info, String text, String expected) {
		CodeBlock block = CodeBlock.of("page.md", 7, info, text);
		assertThat(BlockRules.problems(List.of(block))).isNotEmpty()
			.allMatch((problem) -> problem.startsWith("page.md:7: "))
			.anyMatch((problem) -> problem.contains(expected));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					yaml bind     | 'mcp.remote: {public-url: "https://a.example/mcp", tools: {a: {scopes: [b, c], timeout: 3s}}}'
					yaml bind     | 'mcp.remote.resources: {"[docs://{page}]": {access: public}}'
					yaml bind     | 'resilience4j.circuitbreaker.instances.a.failure-rate-threshold: 80'
					properties bind | spring.security.oauth2.client.registration.a.client-id=b
					json lint     | '{"a": [1]}'
					xml lint      | <a/><b/>
					sql lint      | select tenant from mcp_remote_audit_usage
					java lint     | record Sum(int a, int b) { }
					java lint     | 'String a(String b) { ... }'
					java lint     | 'String a = "b"; a.length();'
					shell shown needs an account | ls
					""")
	void problemsWhenBlockIsRightThenNone(String info, String text) {
		assertThat(BlockRules.problems(List.of(CodeBlock.of("page.md", 7, info, text)))).isEmpty();
	}

	@Test
	void blocksWhenNestedThenWithoutIndent() {
		List<CodeBlock> blocks = Pages.blocks("page.md",
				List.of("1. Do", "", "   ```yaml bind", "   a:", "     b: 1", "   ```", "then", "```", "x", "```"));
		assertThat(blocks).extracting(CodeBlock::line).containsExactly(3, 8);
		assertThat(blocks.get(0).text()).isEqualTo("a:\n  b: 1\n");
		assertThat(blocks.get(1).tag()).isEmpty();
	}

	@Test
	void blocksWhenFencedOtherwiseThenSeen() {
		List<CodeBlock> blocks = Pages.blocks("page.md", List.of("~~~yaml bind", "a: 1", "```", "~~~", "> ```", "> x",
				"> ```", "- ```json lint", "  {}", "  ```", "1. ~~~~", "   y", "   ~~~", "   ~~~~~"));
		assertThat(blocks).extracting(CodeBlock::line).containsExactly(1, 5, 8, 11);
		assertThat(blocks).extracting(CodeBlock::tag).containsExactly("bind", "", "lint", "");
		assertThat(blocks).extracting(CodeBlock::text).containsExactly("a: 1\n```\n", "x\n", "{}\n", "y\n~~~\n");
	}

}
