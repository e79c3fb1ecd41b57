// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.test.context.support.WithMockUser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what is not about the web.
 */
@SpringBootTest
class InventoryApplicationTests {

	@Autowired
	private Items items;

	@Autowired
	private InventoryTools tools;

	@Test
	void removeWhenNobodyThenRefused() {
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
			.isThrownBy(() -> this.items.remove("A-1"));
	}

	@Test
	@WithMockUser(roles = "CLERK")
	void removeWhenClerkThenRefused() {
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> this.tools.remove("A-1"));
	}

	@Test
	void levelThenAsStored() {
		assertThat(this.tools.level("B-7")).isEqualTo("B-7: 120");
	}

}
