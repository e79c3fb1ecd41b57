// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what somebody with a browser sees of the running application.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BrowserTests {

	@LocalServerPort
	private int port;

	private Http browser;

	@BeforeEach
	void open() {
		this.browser = Http.local(this.port);
	}

	@Test
	void visitThenSignInReadAndSignOut() {
		assertThat(this.browser.page("/").body()).contains("<h1>Inventory</h1>");
		assertThat(location(this.browser.page("/stock.html"))).isEqualTo("/login");
		assertThat(location(this.browser.signIn("clerk", "counter"))).startsWith("/stock.html");
		assertThat(this.browser.page("/stock.html").body()).contains("<h1>Stock</h1>");
		assertThat(this.browser.get("/api/items").body()).contains("\"display_name\":\"Anvil\"")
			.doesNotContain("displayName", "null");
		assertThat(this.browser.page("/actuator/metrics").statusCode()).isEqualTo(403);
		String token = Http.csrf(this.browser.page("/logout").body());
		assertThat(location(this.browser.submit("/logout", "_csrf=" + token))).isEqualTo("/");
		assertThat(location(this.browser.get("/api/items"))).isEqualTo("/login");
	}

	@Test
	void loginWhenPasswordWrongThenBackToForm() {
		assertThat(location(this.browser.signIn("clerk", "wrong"))).isEqualTo("/login?error");
		assertThat(location(this.browser.page("/stock.html"))).isEqualTo("/login");
	}

	@Test
	void loginWhenWithoutCsrfTokenThenForbidden() {
		assertThat(this.browser.submit("/login", "username=clerk&password=counter").statusCode()).isEqualTo(403);
	}

	@Test
	void pageWhenThereIsNoneThenErrorPageOfTheApplication() {
		this.browser.signIn("clerk", "counter");
		HttpResponse<String> response = this.browser.page("/nothing");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("There is no such shelf");
	}

	@Test
	void apiWhenThereIsNothingThenJson() {
		this.browser.signIn("clerk", "counter");
		HttpResponse<String> response = this.browser.get("/api/nothing");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(Http.header(response, "Content-Type")).startsWith("application/json");
	}

	@Test
	void headersThenThoseOfSpringSecurity() {
		HttpResponse<String> response = this.browser.page("/");
		assertThat(Http.header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(Http.header(response, "X-Frame-Options")).isEqualTo("DENY");
		assertThat(Http.header(response, "Cache-Control")).contains("no-store");
	}

	@Test
	void healthWhenAnonymousThenUp() {
		HttpResponse<String> response = this.browser.get("/actuator/health");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("\"status\":\"UP\"").doesNotContain("components");
	}

	private static String location(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(302);
		return Http.header(response, "Location").replaceFirst("http://localhost:\\d+", "");
	}

}
