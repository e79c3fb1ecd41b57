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
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.logout;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.authenticated;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.unauthenticated;

/**
 * Tests for pages and login.
 */
@SpringBootTest
@AutoConfigureMockMvc
class PageTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void startPageWhenAnonymousThenShown() {
		assertThat(this.mvc.get().uri("/index.html")).hasStatusOk().bodyText().contains("<h1>Inventory</h1>");
		assertThat(this.mvc.get().uri("/")).hasStatusOk().hasForwardedUrl("index.html");
	}

	@Test
	void pageWhenAnonymousThenToLogin() {
		assertThat(this.mvc.get().uri("/stock.html").accept(MediaType.TEXT_HTML)).hasStatus(302)
			.hasRedirectedUrl("/login");
	}

	@Test
	@WithMockUser(roles = "CLERK")
	void pageWhenSignedInThenShown() {
		assertThat(this.mvc.get().uri("/stock.html")).hasStatusOk().bodyText().contains("/stock.js");
		assertThat(this.mvc.get().uri("/stock.js")).hasStatusOk();
	}

	@Test
	void loginWhenPasswordRightThenSignedIn() {
		assertThat(this.mvc.perform(formLogin().user("clerk").password("counter"))).hasRedirectedUrl("/stock.html")
			.matches(authenticated().withUsername("clerk").withRoles("CLERK"));
	}

	@Test
	void loginWhenPasswordWrongThenRefused() {
		assertThat(this.mvc.perform(formLogin().user("clerk").password("office"))).hasRedirectedUrl("/login?error")
			.matches(unauthenticated());
	}

	@Test
	@WithMockUser
	void logoutThenToStartPage() {
		assertThat(this.mvc.perform(logout())).hasRedirectedUrl("/").matches(unauthenticated());
	}

	@Test
	@WithMockUser(roles = "CLERK")
	void actuatorWhenOnlyClerkThenForbidden() {
		assertThat(this.mvc.get().uri("/actuator/metrics")).hasStatus(403);
		assertThat(this.mvc.get().uri("/actuator/health")).hasStatusOk().bodyText().contains("UP");
	}

	@Test
	@WithMockUser(roles = "MANAGER")
	void actuatorWhenManagerThenShown() {
		assertThat(this.mvc.get().uri("/actuator/metrics")).hasStatusOk();
		assertThat(this.mvc.get().uri("/actuator/beans")).hasStatus(404);
	}

}
