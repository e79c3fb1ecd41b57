// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for the API with everything around it.
 */
@SpringBootTest
@AutoConfigureMockMvc
@WithMockUser(roles = "CLERK")
class ApiTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void itemThenNamesAreInSnakeCaseAndNothingIsNull() {
		assertThat(this.mvc.get().uri("/api/items/A-1")).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo("{\"sku\":\"A-1\",\"display_name\":\"Anvil\",\"on_hand\":4}");
	}

	@Test
	void itemWhenUnknownThenProblem() {
		assertThat(this.mvc.get().uri("/api/items/none")).hasStatus(404)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.detail")
			.isEqualTo("There is no item none");
	}

	@Test
	void putWhenValidThenCreated() {
		assertThat(this.mvc.post()
			.uri("/api/items")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"sku\":\"A-1\",\"display_name\":\"Anvil\",\"on_hand\":4}")).hasStatus(201);
	}

	@Test
	void putWhenInvalidThenBadRequest() {
		assertThat(this.mvc.post()
			.uri("/api/items")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"sku\":\"\",\"display_name\":\"Anvil\",\"on_hand\":-4}")).hasStatus(400)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void putWhenWithoutCsrfTokenThenForbidden() {
		assertThat(this.mvc.post().uri("/api/items").contentType(MediaType.APPLICATION_JSON).content("{}"))
			.hasStatus(403);
	}

	@Test
	void removeWhenOnlyClerkThenForbidden() {
		assertThat(this.mvc.delete().uri("/api/items/A-1").with(csrf())).hasStatus(403);
	}

	@Test
	@WithMockUser(roles = "MANAGER")
	void removeWhenManagerThenGone() {
		assertThat(this.mvc.post()
			.uri("/api/items")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"sku\":\"C-3\",\"display_name\":\"Chair\",\"on_hand\":1}")).hasStatus(201);
		assertThat(this.mvc.delete().uri("/api/items/C-3").with(csrf())).hasStatus(204);
		assertThat(this.mvc.get().uri("/api/items/C-3")).hasStatus(404);
	}

	@Test
	void preflightWhenFromTheShopThenAllowed() {
		assertThat(this.mvc.options()
			.uri("/api/items")
			.header("Origin", "https://shop.example.com")
			.header("Access-Control-Request-Method", "GET")).hasStatusOk()
			.headers()
			.hasValue("Access-Control-Allow-Origin", "https://shop.example.com");
	}

	@Test
	void preflightWhenFromElsewhereThenForbidden() {
		assertThat(this.mvc.options()
			.uri("/api/items")
			.header("Origin", "https://evil.example.com")
			.header("Access-Control-Request-Method", "GET")).hasStatus(403);
	}

}
