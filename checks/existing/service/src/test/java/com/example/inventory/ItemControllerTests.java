// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * Tests for the controller alone, with no more than the web layer.
 */
@WebMvcTest(ItemController.class)
@Import(SecurityConfiguration.class)
class ItemControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private Items items;

	@Test
	@WithMockUser
	void itemThenShown() {
		given(this.items.get("X-9")).willReturn(new Item("X-9", "Xylophone", 1, null));
		assertThat(this.mvc.get().uri("/api/items/X-9")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.display_name")
			.isEqualTo("Xylophone");
	}

	@Test
	@WithMockUser
	void itemWhenSomethingIsBrokenThenSaysWhoToAsk() {
		given(this.items.get("X-9")).willThrow(new IllegalStateException("secret"));
		assertThat(this.mvc.get().uri("/api/items/X-9")).hasStatus(500)
			.bodyText()
			.contains("Ask the warehouse")
			.doesNotContain("secret");
	}

	@Test
	void itemWhenAnonymousThenToLogin() {
		assertThat(this.mvc.get().uri("/api/items/X-9")).hasStatus(302).hasRedirectedUrl("/login");
	}

}
