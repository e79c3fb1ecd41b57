// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Constraints hold, whether or not Spring validates the bean, and the model learns which
 * argument violates which.
 */
class ToolConstraintsTests {

	@TempDir
	static Path directory;

	private static RunningServer sync;

	private static RunningServer async;

	private static RunningServer adapting;

	@BeforeAll
	static void start() {
		sync = server("spring.ai.mcp.server.type=SYNC");
		async = server("spring.ai.mcp.server.type=ASYNC");
		adapting = server("spring.validation.method.adapt-constraint-violations=true");
	}

	@AfterAll
	static void stop() {
		sync.close();
		async.close();
		adapting.close();
	}

	private static List<RunningServer> servers() {
		return List.of(sync, async, adapting);
	}

	private static RunningServer server(String property) {
		return RunningServer.start(
				List.of(property, "mcp.remote.input.allowed-directories=" + directory,
						"mcp.remote.input.url.hosts=*.example.com"),
				Plain.class, Proxied.class, Depths.class, Lookups.class);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					plain_text    | {"message":"hi"}              | The argument 'message' is not valid: size must be between 5 and 20.
					proxied_text  | {"message":"hi"}              | The argument 'message' is not valid: size must be between 5 and 20.
					later_text    | {"message":"hi"}              | The argument 'message' is not valid: size must be between 5 and 20.
					proxied_later | {"message":"hi"}              | The argument 'message' is not valid: size must be between 5 and 20.
					plain_numbers | {"low":1,"high":99}           | The argument 'high' is not valid: must be less than or equal to 3.
					plain_numbers | {"low":-1,"high":4}           | The argument 'high' is not valid: must be less than or equal to 3. \
					The argument 'low' is not valid: must be greater than or equal to 0.
					plain_order   | {"order":{"customer":"x","lines":[{"product":"rope","count":1},{"product":"rope","count":0}]}} | \
					The argument 'order.customer' is not valid: must be a well-formed email address. \
					The argument 'order.lines.1.count' is not valid: must be greater than 0.
					proxied_order | {"order":{"customer":"x","lines":[{"product":"rope","count":1},{"product":"rope","count":0}]}} | \
					The argument 'order.customer' is not valid: must be a well-formed email address. \
					The argument 'order.lines.1.count' is not valid: must be greater than 0.
					plain_tags    | {"tags":["good","B A D"]}     | The argument 'tags.1' is not valid: must be one word.
					plain_map     | {"amounts":{"rope":0}}        | The argument 'amounts.rope' is not valid: must be greater than 0.
					""")
	void callWhenArgumentViolatesThenSaysWhichAndWhy(String tool, String arguments, String told) {
		for (RunningServer server : servers()) {
			JsonNode answer = call(server, tool, arguments);
			assertThat(answer.at("/result/isError").asBoolean()).as(answer.toString()).isTrue();
			assertThat(RunningServer.text(answer)).isEqualTo(told);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			plain_text    | {"message":"hello"}
			proxied_text  | {"message":"hello"}
			later_text    | {"message":"hello"}
			proxied_later | {"message":"hello"}
			plain_numbers | {"low":1,"high":2}
			plain_order   | {"order":{"customer":"a@example.com","lines":[{"product":"rope","count":1}]}}
			plain_tags    | {"tags":["good"]}
			plain_map     | {"amounts":{"rope":1}}
			plain_context | {"message":"hello"}
			plain_void    | {"message":"hello"}
			""")
	void callWhenArgumentsHoldThenServed(String tool, String arguments) {
		for (RunningServer server : servers()) {
			JsonNode answer = call(server, tool, arguments);
			assertThat(answer.at("/result/isError").asBoolean(false)).as(answer.toString()).isFalse();
		}
	}

	@Test
	void callWhenStructuredThenAsEver() {
		for (RunningServer server : servers()) {
			JsonNode answer = call(server, "plain_structured", "{\"message\":\"hello\"}");
			assertThat(answer.at("/result/structuredContent/product").asString()).isEqualTo("hello");
		}
	}

	@ParameterizedTest
	@CsvSource({ "deep", "result", "plain_result", "same_name" })
	void callWhenSomethingElseIsViolatedThenFailure(String tool) {
		for (RunningServer server : servers()) {
			JsonNode answer = call(server, tool, "{\"message\":\"hello\"}");
			if (!tool.equals("plain_result")) {
				assertThat(answer.at("/result/isError").asBoolean()).isTrue();
				assertThat(RunningServer.text(answer)).as(tool).contains("Reference: ").doesNotContain("size", "must");
			}
			else {
				// Only Spring looks at results, where it is asked to
				assertThat(RunningServer.text(answer)).isEqualTo("hello");
			}
		}
	}

	@Test
	void callWhenArgumentViolatesThenToolDoesNotRun() {
		Plain plain = sync.context().getBean(Plain.class);
		int before = plain.runs.get();
		call(sync, "plain_text", "{\"message\":\"hi\"}");
		assertThat(plain.runs).hasValue(before);
		call(sync, "plain_text", "{\"message\":\"hello\"}");
		assertThat(plain.runs).hasValue(before + 1);
	}

	@Test
	void callWhenApplicationCallsItselfThenNobodyChecks() {
		assertThat(sync.context().getBean(Plain.class).text("hi")).isEqualTo("hi");
	}

	@Test
	void callWhenPathThenInsideDirectories() {
		assertThat(told("plain_path", "path", directory + "/new.txt")).isEqualTo(directory + "/new.txt");
		assertThat(told("plain_path", "path", directory + "/../x"))
			.isEqualTo("The argument 'path' is not valid: it must not have '..' in it.");
		assertThat(told("plain_path", "path", "/etc/passwd"))
			.isEqualTo("The argument 'path' is not valid: it must be a path inside an allowed directory.");
		assertThat(told("plain_own_path", "path", "new.txt")).isEqualTo("new.txt");
		assertThat(told("plain_own_path", "path", "../new.txt"))
			.isEqualTo("The argument 'path' is not valid: only reports, please.");
		assertThat(told("plain_nested_path", "request", Map.of("path", "/etc/passwd")))
			.isEqualTo("The argument 'request.path' is not valid: it must be a path inside an allowed directory.");
	}

	@Test
	void callWhenUrlThenAllowedHostsOnly() {
		assertThat(told("plain_url", "url", "https://a.example.com/")).isEqualTo("https://a.example.com/");
		assertThat(told("plain_url", "url", "https://inside.example.com/"))
			.isEqualTo("The argument 'url' is not valid: " + UrlRules.HOST + ".");
		assertThat(told("plain_url", "url", "https://example.org/"))
			.isEqualTo("The argument 'url' is not valid: " + UrlRules.HOST + ".");
		assertThat(told("plain_url", "url", "ftp://a.example.com/"))
			.isEqualTo("The argument 'url' is not valid: it must begin with https://.");
		assertThat(told("plain_own_url", "url", "https://example.org/")).isEqualTo("https://example.org/");
	}

	@Test
	void callWhenIdentifierThenMustExist() {
		assertThat(told("plain_project", "id", "p-1")).isEqualTo("p-1");
		assertThat(told("plain_project", "id", "p-2"))
			.isEqualTo("The argument 'id' is not valid: there is nothing with this identifier among the projects.");
		assertThat(told("plain_number", "id", 7)).isEqualTo("7");
		assertThat(told("plain_number", "id", 8)).contains("among the orders");
	}

	@Test
	void callWhenManyToLookUpThenNoMoreThanAHundred() {
		AtomicInteger asked = sync.context().getBean(Lookups.class).asked;
		asked.set(0);
		assertThat(told("plain_projects", "ids", Collections.nCopies(1000, "p-1")))
			.contains("The argument 'ids.100' is not valid: " + LookupBudget.SPENT)
			.contains("There are 895 more faults.");
		assertThat(asked).hasValue(LookupBudget.MAX_LOOKUPS);
		assertThat(told("plain_projects", "ids", Collections.nCopies(100, "p-1"))).isEqualTo("100");
		assertThat(told("plain_projects", "ids", Collections.nCopies(100, "p-1"))).isEqualTo("100");
		assertThat(told("plain_places", "places",
				Map.of("paths", Collections.nCopies(60, directory + "/a"), "urls",
						Collections.nCopies(60, "https://a.example.com/"))))
			.contains(LookupBudget.SPENT)
			.contains("There are 15 more faults.");
	}

	@Test
	void callWhenInterruptedThenNothingMoreIsLookedUp() {
		LookupBudget budget = new LookupBudget();
		Thread.currentThread().interrupt();
		try {
			assertThatExceptionOfType(CancellationException.class).isThrownBy(budget::take);
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(budget.take()).isTrue();
	}

	@Test
	void callWhenConstraintCannotBeEnforcedThenFailureAndNotRun() {
		assertThat(told("plain_unknown_kind", "id", "p-1")).contains("Reference: ");
	}

	@Test
	void callWhenNothingIsGivenThenOthersDecide() {
		assertThat(told("plain_optional", "other", "x")).isEqualTo("null null null");
	}

	private static String told(String tool, String argument, Object value) {
		Map<String, Object> arguments = new HashMap<>();
		arguments.put(argument, value);
		return RunningServer.text(RunningServer.json(sync.modern(ModernRequest.callTool(tool, arguments))));
	}

	@SuppressWarnings("unchecked")
	private static JsonNode call(RunningServer server, String tool, String arguments) {
		HttpResponse<String> response = server.modern(
				ModernRequest.callTool(tool, (Map<String, Object>) RunningServer.plain(RunningServer.json(arguments))));
		return RunningServer.json(response);
	}

	record Line(@NotNull String product, @Positive int count) {

	}

	record Order(@Email String customer, @Valid List<Line> lines) {

	}

	record Places(List<@AllowedPath String> paths, List<@AllowedUrl String> urls) {

	}

	record Opened(@AllowedPath String path) {

	}

	/**
	 * Cannot have a proxy.
	 */
	static final class Plain {

		final AtomicInteger runs = new AtomicInteger();

		@McpTool(name = "plain_text", description = "Text")
		String text(@Size(min = 5, max = 20) String message) {
			this.runs.incrementAndGet();
			return message;
		}

		@McpTool(name = "later_text", description = "Text")
		Mono<String> laterText(@Size(min = 5, max = 20) String message) {
			return Mono.just(message);
		}

		@McpTool(name = "plain_context", description = "Text")
		String context(McpSyncRequestContext context, @Size(min = 5, max = 20) String message) {
			return message + (context.request() != null);
		}

		@McpTool(name = "plain_void", description = "Text")
		void nothing(@Size(min = 5, max = 20) String message) {
			this.runs.incrementAndGet();
		}

		@McpTool(name = "plain_structured", description = "Text", generateOutputSchema = true)
		Line structured(@Size(min = 5, max = 20) String message) {
			return new Line(message, 1);
		}

		@McpTool(name = "plain_numbers", description = "Numbers")
		int numbers(@Min(0) int low, @Max(3) int high) {
			return low + high;
		}

		@McpTool(name = "plain_order", description = "Order")
		String order(@Valid Order order) {
			return order.customer();
		}

		@McpTool(name = "plain_tags", description = "Tags")
		int tags(List<@Pattern(regexp = "[a-z]+", message = "must be one word") String> tags) {
			return tags.size();
		}

		@McpTool(name = "plain_map", description = "Amounts")
		int map(Map<String, @Positive Integer> amounts) {
			return amounts.size();
		}

		@McpTool(name = "plain_result", description = "Result")
		@Size(max = 1)
		String result(@NotNull String message) {
			return message;
		}

		@McpTool(name = "plain_path", description = "Path")
		String path(@AllowedPath String path) {
			return path;
		}

		@McpTool(name = "plain_own_path", description = "Path")
		String ownPath(@AllowedPath(directories = "${mcp.remote.input.allowed-directories}",
				base = "${mcp.remote.input.allowed-directories}", message = "only reports, please") String path) {
			return path;
		}

		@McpTool(name = "plain_nested_path", description = "Path")
		String nestedPath(@Valid Opened request) {
			return request.path();
		}

		@McpTool(name = "plain_url", description = "URL")
		String url(@AllowedUrl String url) {
			return url;
		}

		@McpTool(name = "plain_own_url", description = "URL")
		String ownUrl(@AllowedUrl(hosts = "example.org") String url) {
			return url;
		}

		@McpTool(name = "plain_project", description = "Project")
		String project(@ExistingId("projects") String id) {
			return id;
		}

		@McpTool(name = "plain_projects", description = "Projects")
		int projects(List<@ExistingId("projects") String> ids) {
			return ids.size();
		}

		@McpTool(name = "plain_places", description = "Places")
		String places(@Valid Places places) {
			return "all";
		}

		@McpTool(name = "plain_number", description = "Order")
		long number(@ExistingId("orders") long id) {
			return id;
		}

		@McpTool(name = "plain_unknown_kind", description = "Nobody knows")
		String unknownKind(@ExistingId("nothing") String id) {
			return id;
		}

		@McpTool(name = "plain_optional", description = "Nothing")
		String optional(@AllowedPath @McpToolParam(required = false) String path,
				@AllowedUrl @McpToolParam(required = false) String url,
				@ExistingId("projects") @McpToolParam(required = false) String id,
				@McpToolParam(required = false) String other) {
			return path + " " + url + " " + id;
		}

	}

	@Validated
	static class Proxied {

		private final Depths depths;

		Proxied(Depths depths) {
			this.depths = depths;
		}

		@McpTool(name = "proxied_text", description = "Text")
		String text(@Size(min = 5, max = 20) String message) {
			return message;
		}

		@McpTool(name = "proxied_later", description = "Text")
		Mono<String> later(@Size(min = 5, max = 20) String message) {
			return Mono.just(message);
		}

		@McpTool(name = "proxied_order", description = "Order")
		String order(@Valid Order order) {
			return order.customer();
		}

		@McpTool(name = "deep", description = "Violated further down")
		String deep(String message) {
			return this.depths.check(message);
		}

		@McpTool(name = "same_name", description = "Violated further down by a method of the same name")
		String same(@NotNull String message) {
			return this.depths.same(message);
		}

		@McpTool(name = "result", description = "Violated by what it returns")
		@Size(max = 1)
		String result(@NotNull String message) {
			return message;
		}

	}

	@Validated
	static class Depths {

		String check(@Size(max = 1) String message) {
			return message;
		}

		String same(@Size(max = 1) String message) {
			return message;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Lookups {

		final AtomicInteger asked = new AtomicInteger();

		@Bean
		IdentifierLookup projects() {
			return lookup("projects", "p-1");
		}

		@Bean
		IdentifierLookup orders() {
			return lookup("orders", "7");
		}

		@Bean
		AddressLookup addresses() {
			return (host) -> InetAddress.getAllByName((host.startsWith("inside")) ? "10.0.0.1" : "8.8.8.8");
		}

		private IdentifierLookup lookup(String kind, String existing) {
			return new IdentifierLookup() {

				@Override
				public String kind() {
					return kind;
				}

				@Override
				public boolean exists(String id) {
					Lookups.this.asked.incrementAndGet();
					return existing.equals(id);
				}

			};
		}

	}

}
