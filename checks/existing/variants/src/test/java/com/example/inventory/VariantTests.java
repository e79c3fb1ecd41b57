// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import com.example.shapes.Chains;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the shapes that applications have: their pages as before, their tools behind
 * tokens.
 */
@ExtendWith(OutputCaptureExtension.class)
class VariantTests {

	private static final Issuer ISSUER = new Issuer();

	private static final String ANVIL = "{\"sku\":\"A-1\"}";

	private static final String[] LOGIN_ELSEWHERE = { "spring.security.oauth2.client.registration.idp.client-id=web",
			"spring.security.oauth2.client.registration.idp.client-secret=secret",
			"spring.security.oauth2.client.registration.idp.authorization-grant-type=authorization_code",
			"spring.security.oauth2.client.registration.idp.redirect-uri={baseUrl}/login/oauth2/code/idp",
			"spring.security.oauth2.client.provider.idp.authorization-uri=https://login.example.com/authorize",
			"spring.security.oauth2.client.provider.idp.token-uri=https://login.example.com/token",
			"spring.security.oauth2.client.provider.idp.user-info-uri=https://login.example.com/userinfo",
			"spring.security.oauth2.client.provider.idp.user-name-attribute=sub" };

	@Test
	void chainWhenForEverythingThenOfNoConcern() {
		try (Running server = Running.start(Chains.ForEverything.class)) {
			server.assertGoverned("/mcp");
			server.assertRedirected("/api/items", "/login");
		}
	}

	@Test
	void chainWhenItDeniesEverythingThenOfNoConcern() {
		try (Running server = Running.start(Chains.BeforeAll.class)) {
			server.assertGoverned("/mcp");
			assertThat(server.http().page("/api/items").statusCode()).isEqualTo(403);
		}
	}

	@Test
	void loginWhenElsewhereThenAsBefore() {
		try (Running server = Running.start(Chains.LoginElsewhere.class, LOGIN_ELSEWHERE)) {
			server.assertGoverned("/mcp");
			server.assertRedirected("/api/items", "/oauth2/authorization/idp");
			HttpResponse<String> login = server.http().page("/oauth2/authorization/idp");
			assertThat(Http.header(login, "Location")).startsWith("https://login.example.com/authorize?");
		}
	}

	@Test
	void loginWhenOfSpringBootAndIssuerIsOnlyForTheEndpointThenAsBefore() {
		String issuer = "mcp.remote.security.issuers[0].uri=" + ISSUER.uri();
		for (Class<?> application : List.of(Chains.OfSpringBoot.class, Chains.ForEverything.class)) {
			try (Running server = Running.startWithout(application, issuer, "spring.security.user.name=clerk",
					"spring.security.user.password=counter")) {
				server.assertGoverned("/mcp");
				server.assertRedirected("/api/items", "/login");
				Http browser = server.http();
				browser.signIn("clerk", "counter");
				assertThat(browser.get("/api/items").body()).contains("Anvil");
			}
		}
		List<String> elsewhere = new ArrayList<>(List.of(LOGIN_ELSEWHERE));
		elsewhere.add(issuer);
		try (Running server = Running.startWithout(Chains.OfSpringBoot.class, elsewhere.toArray(String[]::new))) {
			server.assertGoverned("/mcp");
			server.assertRedirected("/api/items", "/oauth2/authorization/idp");
		}
	}

	/**
	 * What Spring Boot makes of its own property is no affair of the starter's, and is in
	 * its documentation.
	 */
	@Test
	void loginWhenOfSpringBootAndIssuerIsForEverythingThenTokensInsteadOfIt(CapturedOutput output) {
		String[] user = { "spring.security.user.name=clerk", "spring.security.user.password=counter" };
		try (Running server = Running.start(Chains.OfSpringBoot.class, user)) {
			server.assertGoverned("/mcp");
			assertThat(server.http().page("/api/items").statusCode()).isEqualTo(401);
			String token = "Bearer " + server.token("/mcp");
			assertThat(server.http().get("/api/items", "Authorization", token).body()).contains("Anvil");
			assertThat(output).contains("access tokens at all other URLs", "mcp.remote.security.issuers[0].uri");
		}
		try (Running server = Running.start(Chains.ForEverything.class, user)) {
			assertThat(output).contains("Nobody can sign in as the user of spring.security.user");
			server.assertRedirected("/api/items", "/login");
			assertThat(Http.header(server.http().signIn("clerk", "counter"), "Location")).endsWith("/login?error");
		}
	}

	@Test
	void apiWhenItTakesTokensTooThenEachTakesItsOwn() {
		try (Running server = Running.start(Chains.ResourceServer.class,
				"spring.security.oauth2.resourceserver.jwt.audiences=https://api.example.com")) {
			server.assertGoverned("/mcp");
			server.assertRedirected("/stock.html", "/login");
			String forApi = "Bearer " + ISSUER.token("https://api.example.com", "alice", "items");
			assertThat(server.http().get("/api/items", "Authorization", forApi).body()).contains("Anvil");
			assertThat(server.http().get("/api/items").statusCode()).isEqualTo(401);
			String forTools = "Bearer " + ISSUER.token(server.resource("/mcp"), "alice", "items");
			assertThat(server.http().get("/api/items", "Authorization", forTools).statusCode()).isEqualTo(401);
			assertThat(new Mcp(server.http(), "/mcp", forApi.substring("Bearer ".length())).initialize().statusCode())
				.isEqualTo(401);
			assertThat(server.context().getBeansOfType(JwtDecoder.class)).hasSize(1);
		}
	}

	@Test
	void applicationWhenItHasAContextPathThenEndpointIsBelowIt() {
		try (Running server = Running.start(InventoryApplication.class, "server.servlet.context-path=/shop")) {
			server.assertGoverned("/shop/mcp");
			assertThat(server.http().page("/shop/index.html").body()).contains("<h1>Inventory</h1>");
			server.assertRedirected("/shop/stock.html", "/shop/login");
			assertThat(server.http().page("/mcp").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void controllersWhenBelowAPathThenEndpointIsNot() {
		try (Running server = Running.start(InventoryApplication.class, "spring.mvc.servlet.path=/app")) {
			server.assertGoverned("/mcp");
			server.assertRedirected("/app/api/items", "/login");
		}
	}

	@Test
	void actuatorWhenOnItsOwnPortThenEndpointIsNotThere() {
		try (Running server = Running.start(InventoryApplication.class, "management.server.port=0")) {
			server.assertGoverned("/mcp");
			Http management = Http
				.local(server.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class));
			assertThat(management.get("/actuator/health").statusCode()).isEqualTo(200);
			assertThat(management.page("/actuator/metrics").statusCode()).isEqualTo(302);
			assertThat(new Mcp(management, "/mcp", server.token("/mcp")).initialize().statusCode()).isEqualTo(404);
		}
	}

	@Test
	void endpointWhenMovedThenEndpointIsThere() {
		try (Running server = Running.start(InventoryApplication.class,
				"spring.ai.mcp.server.streamable-http.mcp-endpoint=/api/tools")) {
			server.assertGoverned("/api/tools");
			server.assertRedirected("/api/items", "/login");
			assertThat(server.http().page("/mcp").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void serverWhenAsynchronousThenGovernedAsWell() {
		try (Running server = Running.start(InventoryApplication.class, "spring.ai.mcp.server.type=ASYNC",
				"spring.ai.mcp.server.annotation-scanner.enabled=true")) {
			assertThat(new Mcp(server.http(), "/mcp", null).initialize().statusCode()).isEqualTo(401);
			assertThat(new Mcp(server.http(), "/mcp", server.token("/mcp")).initialize().body()).contains("stock-desk");
		}
	}

	@Test
	void beansWhenLazyThenEndpointIsServed() {
		try (Running server = Running.start(InventoryApplication.class, "spring.main.lazy-initialization=true")) {
			server.assertGoverned("/mcp");
			server.assertRedirected("/stock.html", "/login");
		}
	}

	/**
	 * An application that runs.
	 */
	private record Running(ConfigurableApplicationContext context) implements AutoCloseable {

		static Running start(Class<?> application, String... properties) {
			List<String> all = new ArrayList<>(List.of(properties));
			all.add("spring.security.oauth2.resourceserver.jwt.issuer-uri=" + ISSUER.uri());
			return startWithout(application, all.toArray(String[]::new));
		}

		/**
		 * Start one whose issuer is not named in the usual way.
		 */
		static Running startWithout(Class<?> application, String... properties) {
			return new Running(new SpringApplicationBuilder(application)
				.properties("spring.config.location=classpath:/application.yml", "server.port=0")
				.run(List.of(properties).stream().map((property) -> "--" + property).toArray(String[]::new)));
		}

		int port() {
			return ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
		}

		Http http() {
			return Http.local(port());
		}

		String resource(String path) {
			return "http://localhost:" + port() + path;
		}

		String token(String path) {
			return ISSUER.token(resource(path), "alice");
		}

		/**
		 * Assert that the tools are served in both ways, to those who have a token, and
		 * to nobody else.
		 */
		void assertGoverned(String path) {
			HttpResponse<String> refused = new Mcp(http(), path, null).call("stock_level", ANVIL);
			assertThat(refused.statusCode()).as(refused.body()).isEqualTo(401);
			assertThat(refused.headers().map()).doesNotContainKeys("location", "set-cookie");
			String metadata = Http.header(refused, "WWW-Authenticate")
				.replaceAll(".*resource_metadata=\"http://localhost:\\d+([^\"]*)\".*", "$1");
			assertThat(http().get(metadata).body()).contains("\"resource\":\"" + resource(path) + "\"", ISSUER.uri());
			Mcp client = new Mcp(http(), path, token(path));
			HttpResponse<String> initialized = client.initialize();
			assertThat(initialized.body()).contains("stock-desk", "3.4.0");
			assertThat(initialized.headers().map()).doesNotContainKey("mcp-session-id");
			assertThat(client.call("stock_level", ANVIL).body()).contains("A-1: 4");
			assertThat(client.modernCall("stock_level", ANVIL).body()).contains("A-1: 4");
		}

		void assertRedirected(String path, String login) {
			HttpResponse<String> response = http().page(path);
			assertThat(response.statusCode()).isEqualTo(302);
			assertThat(Http.header(response, "Location")).endsWith("localhost:" + port() + login);
			assertThat(http().page(path, "Authorization", "Bearer " + ISSUER.token(resource("/mcp"), "alice"))
				.statusCode()).isEqualTo(302);
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

}
