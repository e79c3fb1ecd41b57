// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for every tool, called with tokens from the development authorization server.
 */
class ToolsTests extends AbstractSampleTests {

	/**
	 * What clients and administrators rely on: the arguments of each tool, of which those
	 * with a question mark need not be given, and the scope that it asks for.
	 */
	private static final List<String> CONTRACT = List.of("list_projects() read:projects",
			"get_project(id) read:projects", "create_project(name, budget?) write:projects",
			"delete_project(id) write:projects", "search_contacts(query) read:contacts",
			"search_contacts_v2(query, limit?) read:contacts", "generate_report(projectId) write:reports",
			"dashboard_summary() read:projects", "export_archive(seconds?) read:projects",
			"import_document(url?, path?) read:projects", "whoami() read:projects");

	private String agent;

	@Autowired
	private Projects projects;

	@Autowired
	private Contacts contacts;

	@BeforeEach
	void authorize() {
		this.agent = TOKENS.agent(Tokens.ALL_SCOPES);
	}

	@Test
	void listProjectsWhenTenantsDifferThenEachSeesItsOwn() {
		assertThat(ids(text(call(this.agent, "list_projects", Map.of())))).contains("1", "2", "3")
			.doesNotContain("4", "5", "6");
		assertThat(ids(text(call(TOKENS.user("viewer"), "list_projects", Map.of())))).containsExactlyInAnyOrder("4",
				"5", "6");
	}

	@Test
	void getProjectWhenOfAnotherTenantThenDoesNotExist() {
		assertThat(text(call(this.agent, "get_project", Map.of("id", "1")))).contains("Apollo");
		assertThat(error(call(this.agent, "get_project", Map.of("id", "4")))).isEqualTo("There is no project 4.");
	}

	@Test
	void createProjectWhenListIsRememberedThenListHasIt() {
		assertThat(text(call(this.agent, "list_projects", Map.of()))).doesNotContain("Skylab");
		JsonNode created = Http
			.json(text(call(this.agent, "create_project", Map.of("name", "Skylab", "budget", 1000.5))));
		assertThat(text(call(this.agent, "list_projects", Map.of()))).contains("Skylab");
		assertThat(this.projects.delete("acme", created.get("id").asString())).isTrue();
	}

	@Test
	void listProjectsWhenCalledAgainThenIsRemembered(@Autowired JdbcClient jdbc) {
		text(call(this.agent, "list_projects", Map.of()));
		jdbc.sql("insert into project (id, tenant, name) values ('unseen', 'acme', 'Unseen')").update();
		assertThat(text(call(this.agent, "list_projects", Map.of()))).doesNotContain("Unseen");
		assertThat(this.projects.delete("acme", "unseen")).isTrue();
	}

	@Test
	void createProjectWhenArgumentsUnfitThenIsError() {
		assertThat(error(call(this.agent, "create_project", Map.of("name", " ")))).contains("'name'");
		assertThat(error(call(this.agent, "create_project", Map.of("name", "Debt", "budget", -1))))
			.contains("'budget'");
		assertThat(error(call(this.agent, "create_project", Map.of()))).contains("name");
	}

	@Test
	void deleteProjectWhenNobodyCanBeAskedThenIsError() {
		assertThat(error(call(this.agent, "delete_project", Map.of("id", "1")))).startsWith("Not run:");
		assertThat(this.projects.find("acme", "1")).isPresent();
	}

	@Test
	void searchContactsWhenDeprecatedThenSaysSo() {
		JsonNode tools = Http.json(send(this.agent, "tools/list", Map.of())).at("/result/tools");
		JsonNode old = tool(tools, "search_contacts");
		assertThat(old.get("description").asString()).startsWith("Deprecated since 1.1.0")
			.contains("'search_contacts_v2'");
		assertThat(text(call(this.agent, "search_contacts", Map.of("query", "hop")))).contains("Grace Hopper");
	}

	@Test
	void searchContactsWhenLimitedThenFindsNoMore() {
		assertThat(Http.json(text(call(this.agent, "search_contacts_v2", Map.of("query", "A", "limit", 2)))))
			.hasSize(2);
		assertThat(text(call(this.agent, "search_contacts_v2", Map.of("query", "radia")))).doesNotContain("Perlman");
		assertThat(error(call(this.agent, "search_contacts_v2", Map.of("query", "a", "limit", 0)))).contains("'limit'");
	}

	@Test
	void dashboardSummaryWhenAllAnswerThenHasAllFigures() {
		JsonNode summary = Http.json(text(call(TOKENS.user("viewer"), "dashboard_summary", Map.of())));
		assertThat(summary.get("projects").asInt()).isEqualTo(3);
		assertThat(summary.get("budget").asDouble()).isEqualTo(308000);
		assertThat(summary.get("contacts").asInt()).isEqualTo(2);
	}

	@Test
	void exportArchiveWhenItTakesNoTimeThenIsThere() {
		assertThat(text(call(TOKENS.user("viewer"), "export_archive", Map.of("seconds", 0))))
			.isEqualTo("The archive has 3 projects.");
		assertThat(error(call(this.agent, "export_archive", Map.of("seconds", -1)))).contains("'seconds'");
	}

	@Test
	void importDocumentWhenPathAllowedThenReadsIt() {
		assertThat(text(call(this.agent, "import_document", Map.of("path", "roadmap.md")))).contains("Mercury waits");
	}

	@Test
	void importDocumentWhenOutOfBoundsThenIsError() {
		for (String path : List.of("../pom.xml", "/etc/passwd", "%2e%2e/pom.xml", "missing.md", "")) {
			assertThat(error(call(this.agent, "import_document", Map.of("path", path)))).isNotEmpty();
		}
		for (String url : List.of(ORIGIN, "https://127.0.0.1/", "https://169.254.169.254/latest/meta-data/",
				"https://localhost/", "file:///etc/passwd")) {
			assertThat(error(call(this.agent, "import_document", Map.of("url", url)))).contains("'url'");
		}
		assertThat(error(call(this.agent, "import_document", Map.of()))).contains("either a url or a path");
	}

	@Test
	void whoamiWhenMachineThenNamesClientAndTenant() {
		JsonNode identity = Http.json(text(call(TOKENS.agent("read:projects"), "whoami", Map.of())));
		assertThat(identity.get("subject").asString()).isEqualTo("demo-agent");
		assertThat(identity.get("tenant").asString()).isEqualTo("acme");
		assertThat(identity.get("scopes").toString()).isEqualTo("[\"read:projects\"]");
	}

	@Test
	void resourceWhenOfAnotherTenantThenDoesNotExist() {
		assertThat(Http.json(send(this.agent, "resources/read", Map.of("uri", "project://2")))
			.at("/result/contents/0/text")
			.asString()).contains("Gemini");
		for (String id : List.of("5", "no-such-project")) {
			assertThat(Http.json(send(this.agent, "resources/read", Map.of("uri", "project://" + id)))
				.at("/error/code")
				.asInt()).isEqualTo(-32002);
		}
	}

	@Test
	void promptWhenTenantHasProjectsThenNamesThem() {
		assertThat(send(this.agent, "prompts/get", Map.of("name", "weekly_status")).body()).contains("Apollo")
			.contains("\"role\":\"user\"")
			.doesNotContain("Hydra");
	}

	@Test
	void callerWhenTokenNamesNoTenantThenSeesNoRows() {
		String token = TOKENS.user("nobody");
		assertThat(Http.claims(token).has("tenant")).isFalse();
		assertThat(ids(text(call(token, "list_projects", Map.of())))).isEmpty();
		assertThat(error(call(token, "get_project", Map.of("id", "1")))).isEqualTo("There is no project 1.");
		assertThat(error(call(token, "delete_project", Map.of("id", "1")))).isNotEmpty();
		assertThat(this.projects.find("acme", "1")).isPresent();
		assertThat(error(call(token, "create_project", Map.of("name", "X")))).startsWith("You belong to no");
		assertThat(Http.json(text(call(token, "search_contacts_v2", Map.of("query", "a"))))).isEmpty();
		assertThat(text(call(token, "search_contacts", Map.of("query", "a")))).doesNotContain("@");
		JsonNode summary = Http.json(text(call(token, "dashboard_summary", Map.of())));
		assertThat(summary.get("projects").asInt(-1)).isZero();
		assertThat(summary.get("contacts").asInt(-1)).isZero();
		assertThat(text(call(token, "export_archive", Map.of("seconds", 0)))).isEqualTo("The archive has 0 projects.");
		assertThat(Http.json(send(token, "resources/read", Map.of("uri", "project://1"))).at("/error/code").asInt())
			.isEqualTo(-32002);
		assertThat(send(token, "prompts/get", Map.of("name", "weekly_status")).body()).contains("\"role\":\"user\"")
			.doesNotContain("Apollo", "Hydra");
	}

	@Test
	void toolsWhenListedThenSayWhatTheyDoToData() {
		JsonNode tools = Http.json(send(this.agent, "tools/list", Map.of())).at("/result/tools");
		assertThat(annotation(tools, "delete_project", "destructiveHint")).isTrue();
		assertThat(annotation(tools, "delete_project", "readOnlyHint")).isFalse();
		assertThat(annotation(tools, "create_project", "destructiveHint")).isFalse();
		assertThat(annotation(tools, "create_project", "readOnlyHint")).isFalse();
		assertThat(annotation(tools, "list_projects", "readOnlyHint")).isTrue();
	}

	@Test
	void toolsWhenListedThenTakeTheArgumentsAndAskForTheScopesOfTheContract() {
		JsonNode tools = Http.json(send(this.agent, "tools/list", Map.of())).at("/result/tools");
		JsonNode policies = policies();
		assertThat(tools.valueStream()
			.map((tool) -> signature(tool) + " "
					+ String.join(" ", strings(tool(policies, tool.get("name").asString()).get("scopes")))))
			.containsExactlyInAnyOrderElementsOf(CONTRACT);
		assertThat(policies).hasSameSizeAs(CONTRACT);
	}

	@Test
	void policiesWhenShownToOperatorsThenAreThoseOfTheSample() {
		JsonNode tools = policies();
		assertThat(tool(tools, "list_projects").get("cache").asString()).isEqualTo("30s user");
		assertThat(tool(tools, "get_project").get("cache").isNull()).isTrue();
		assertThat(tool(tools, "create_project").get("invalidates").toString()).isEqualTo("[\"list_projects\"]");
		assertThat(tool(tools, "delete_project").get("confirm").asString()).isEqualTo("Delete project {id}?");
		assertThat(tool(tools, "generate_report").get("rateLimit").asString()).isEqualTo("5/1h");
	}

	@Test
	void rowsWhenTenantUnknownThenNone() {
		assertThat(this.projects.findAll(null)).isEmpty();
		assertThat(this.projects.find(null, "1")).isEmpty();
		assertThat(this.projects.delete(null, "1")).isFalse();
		assertThat(this.projects.delete("globex", "1")).isFalse();
		assertThat(this.contacts.search(null, "", 10)).isEmpty();
		assertThat(this.contacts.count(null)).isZero();
		assertThatNoException().isThrownBy(() -> this.projects.totalBudget(null));
	}

	private static boolean annotation(JsonNode tools, String name, String hint) {
		return tool(tools, name).at("/annotations/" + hint).booleanValue();
	}

	private static JsonNode policies() {
		return Http.json(Http.get(ORIGIN + "/actuator/mcp", "Authorization", Http.basic("editor", "editor")))
			.get("tools");
	}

	private static String signature(JsonNode tool) {
		List<String> required = strings(tool.at("/inputSchema/required"));
		return tool.at("/inputSchema/properties")
			.propertyNames()
			.stream()
			.map((name) -> (required.contains(name)) ? name : name + "?")
			.collect(Collectors.joining(", ", tool.get("name").asString() + "(", ")"));
	}

	private static List<String> strings(JsonNode array) {
		return array.valueStream().map(JsonNode::asString).toList();
	}

	private static JsonNode tool(JsonNode tools, String name) {
		return tools.valueStream().filter((tool) -> name.equals(tool.get("name").asString())).findFirst().orElseThrow();
	}

	private static List<String> ids(String projects) {
		return Http.json(projects).valueStream().map((project) -> project.get("id").asString()).toList();
	}

}
