// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import io.mcpremote.operate.OperatorRole;
import io.mcpremote.operate.console.ConsoleAccess.Decision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operators have a role the way the application understands roles.
 */
class OperatorRoleTests {

	private static final String HIERARCHY = "ROLE_ADMIN > ROLE_MCP_OPERATOR\nROLE_MCP_OPERATOR > ROLE_USER";

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	@AfterEach
	void logout() {
		SecurityContextHolder.clearContext();
	}

	@ParameterizedTest
	@CsvSource({ "ROLE_MCP_OPERATOR, SHOWN", "MCP_OPERATOR, REFUSED", "ROLE_ADMIN, REFUSED", "ROLE_USER, REFUSED" })
	void decideWhenApplicationSaysNothingThenThatVeryRole(String authority, Decision decision) {
		assertThat(decide(authority)).isEqualTo(decision);
	}

	@ParameterizedTest
	@CsvSource({ "ROLE_MCP_OPERATOR, SHOWN", "ROLE_ADMIN, SHOWN", "ROLE_USER, REFUSED", "ADMIN, REFUSED" })
	void decideWhenRolesIncludeOthersThenThoseToo(String authority, Decision decision) {
		this.beans.registerSingleton("hierarchy", RoleHierarchyImpl.fromHierarchy(HIERARCHY));
		assertThat(decide(authority)).isEqualTo(decision);
	}

	@ParameterizedTest
	@CsvSource({ "'', MCP_OPERATOR, SHOWN", "'', ROLE_MCP_OPERATOR, REFUSED", "GROUP_, GROUP_MCP_OPERATOR, SHOWN",
			"GROUP_, MCP_OPERATOR, REFUSED" })
	void decideWhenRolesHaveAnotherPrefixThenThat(String prefix, String authority, Decision decision) {
		this.beans.registerSingleton("defaults", new GrantedAuthorityDefaults(prefix));
		assertThat(decide(authority)).isEqualTo(decision);
	}

	@Test
	void standingWhenRoleIncludesOthersThenUntilItIsTakenAway() {
		this.beans.registerSingleton("hierarchy", RoleHierarchyImpl.fromHierarchy(HIERARCHY));
		this.request.getSession().setAttribute("SPRING_SECURITY_CONTEXT", context("ROLE_ADMIN"));
		var standing = access().standing(this.request);
		assertThat(standing.getAsBoolean()).isTrue();
		this.request.getSession().setAttribute("SPRING_SECURITY_CONTEXT", context("ROLE_USER"));
		assertThat(standing.getAsBoolean()).isFalse();
	}

	private Decision decide(String authority) {
		SecurityContextHolder.setContext(context(authority));
		return access().decide(this.request);
	}

	private RoleAccess access() {
		return new RoleAccess(OperatorRole.of("MCP_OPERATOR", this.beans));
	}

	private static SecurityContextImpl context(String authority) {
		return new SecurityContextImpl(new TestingAuthenticationToken("me", null, authority));
	}

}
