// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.mcpremote.security.UsedProofs;
import io.mcpremote.test.MainClasses;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.RunningServer;
import io.mcpremote.transport.UsedStates;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page on extending shows how to implement everything that an application could, has
 * a word about what it should not, and its examples do what it says.
 */
class ExtendingTests {

	static final String PAGE = "docs/extending.md";

	private static final String RUNNER = "extending";

	private static final Pattern LINK = Pattern.compile("]\\(([\\w/-]+\\.md)");

	/**
	 * Where the page names what is not implemented by applications.
	 */
	private static final Pattern NOT_IMPLEMENTED = Pattern
		.compile("(?s)\n\\| event \\|.*?\n\n|\n## Use\n.*|\n## Not to be implemented\n.*");

	private static RunningServer server;

	@BeforeAll
	static void start() {
		List<Class<?>> components = new ArrayList<>(List.of(Surroundings.class, Tools.class));
		for (String name : List.of("guard", "thrown", "filter", "list", "used-once")) {
			components.addAll(List.of(JavaClasses.ofMembers("Extending_" + name.replace('-', '_'), block(name))));
		}
		server = RunningServer.start(List.of(), components.toArray(Class<?>[]::new));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void pageThenShowsNothingElseToRun() {
		Map<String, List<CodeBlock>> blocks = ShownText.of(RUNNER);
		assertThat(blocks.keySet()).containsExactly("filter", "guard", "list", "table", "thrown", "used-once");
		assertThat(blocks.values()).allSatisfy((shown) -> assertThat(shown).hasSize(1));
	}

	@Test
	void pageThenNamesEveryPublicInterface() throws IOException {
		String page = page();
		assertThat(interfaces()).hasSizeGreaterThan(30)
			.allSatisfy((name) -> assertThat(page).contains("`" + name + "`"));
	}

	@Test
	void pageThenShowsHowToImplementOrLeadsThere() throws IOException {
		String page = page();
		String others = String.join("", NOT_IMPLEMENTED.matcher(page).results().map(MatchResult::group).toList());
		String here = compiled(PAGE);
		List<String> implemented = interfaces().stream().filter((name) -> !others.contains("`" + name + "`")).toList();
		assertThat(implemented).contains("ApiKeyStore", "ArgumentGuard", "AuditSink", "LimitStore")
			.hasSizeGreaterThan(15)
			.allSatisfy((name) -> assertThat(here + linked(page, name)).containsPattern(name + "\\b"));
	}

	@Test
	void guardThenKeepsOfficeHours() {
		MutableClock clock = server.context().getBean(MutableClock.class);
		JsonNode early = call("pay_invoice");
		assertThat(early.at("/error/code").asInt()).isEqualTo(1503);
		assertThat(early.at("/error/message").asString()).contains("between 8 and 18");
		assertThat(RunningServer.text(call("find_account"))).isNotEmpty();
		clock.advance(Duration.ofHours(15));
		assertThat(RunningServer.text(call("pay_invoice"))).isEqualTo("Paid");
	}

	@Test
	void translatorThenSaysWhatTheExceptionMeans() {
		JsonNode answer = call("find_nothing");
		assertThat(RunningServer.text(answer)).isEqualTo("There is none.");
		assertThat(answer.at("/result/isError").asBoolean()).isTrue();
	}

	@Test
	void filterThenHidesAccountNumbers() {
		assertThat(RunningServer.text(call("find_account"))).isEqualTo("It is CH** ****.");
	}

	@Test
	void decoratorThenMarksAndLeavesOut() {
		JsonNode tools = RunningServer.json(server.modern(ModernRequest.of("tools/list"))).at("/result/tools");
		assertThat(tools.valueStream().map((tool) -> tool.get("name").asString()))
			.containsExactlyInAnyOrder("pay_invoice", "find_account", "find_nothing", "export_all");
		assertThat(tools.valueStream().map((tool) -> tool.get("description").asString()))
			.contains("Exports. Takes some minutes.", "Pays.");
	}

	@Test
	void tableThenKnowsWhatWasUsed() {
		Instant soon = Instant.now().plusSeconds(60);
		UsedStates states = server.context().getBean(UsedStates.class);
		assertThat(states.use("a", soon)).isTrue();
		assertThat(states.use("a", soon)).isFalse();
		UsedProofs proofs = server.context().getBean(UsedProofs.class);
		assertThat(proofs.use("a", "a", soon)).isTrue();
		assertThat(proofs.use("a", "a", soon)).isFalse();
		assertThat(proofs.use("b", "a", soon)).isTrue();
	}

	private static CodeBlock block(String name) {
		return ShownText.of(RUNNER).get(name).get(0);
	}

	private static JsonNode call(String tool) {
		return RunningServer.json(server.modern(ModernRequest.callTool(tool, Map.of())));
	}

	private static String page() throws IOException {
		return Files.readString(Path.of("..", PAGE));
	}

	private static List<String> interfaces() {
		return MainClasses.all()
			.stream()
			.filter((type) -> type.isInterface() && !type.isAnnotation() && type.isTopLevelClass())
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getSimpleName)
			.sorted()
			.toList();
	}

	/**
	 * Return the examples of the pages to which a paragraph or row with a name leads.
	 */
	private static String linked(String page, String name) {
		StringBuilder examples = new StringBuilder();
		for (String paragraph : page.split("\n\n|\n(?=\\|)")) {
			if (paragraph.contains("`" + name + "`")) {
				LINK.matcher(paragraph).results().forEach((link) -> examples.append(compiled("docs/" + link.group(1))));
			}
		}
		return examples.toString();
	}

	private static String compiled(String page) {
		StringBuilder text = new StringBuilder();
		for (CodeBlock block : Pages.blocks(page)) {
			if (block.language().equals("java") && !block.is("shown")) {
				text.append(block.text());
			}
		}
		return text.toString();
	}

	@Configuration(proxyBeanMethods = false)
	static class Surroundings {

		@Bean
		MutableClock clock() {
			return new MutableClock(Instant.now().truncatedTo(ChronoUnit.DAYS));
		}

		@Bean
		DataSource dataSource() {
			return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
		}

		@Bean
		JdbcClient jdbcClient(DataSource source) {
			JdbcClient client = JdbcClient.create(source);
			client.sql(block("table").text()).update();
			return client;
		}

	}

	static class Tools {

		@McpTool(name = "pay_invoice", description = "Pays.")
		String pay() {
			return "Paid";
		}

		@McpTool(name = "find_account", description = "Finds.")
		String account() {
			return "It is CH93 0076 2011 6238 5295 7.";
		}

		@McpTool(name = "find_nothing", description = "Finds.")
		String nothing() {
			throw new NoSuchElementException();
		}

		@McpTool(name = "export_all", description = "Exports.")
		String export() {
			return "Exported";
		}

		@McpTool(name = "internal_jobs", description = "Lists.")
		String jobs() {
			return "None";
		}

	}

}
