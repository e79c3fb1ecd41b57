// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;
import java.util.Map;

import io.mcpremote.security.Revocations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.convert.ConversionServiceParameterValueMapper;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpointDiscoverer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * The endpoint as Spring Boot calls it.
 */
class McpRevocationsEndpointTests {

	private final Revocations revocations = mock(Revocations.class);

	@BeforeEach
	void login() {
		SecurityContextHolder
			.setContext(new SecurityContextImpl(new TestingAuthenticationToken("me", null, "ROLE_MCP_OPERATOR")));
	}

	@AfterEach
	void logout() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void revokeWhenNobodyIsLoggedInThenRefused() {
		logout();
		assertThat(invoke(Map.of("key", "k1"))).isInstanceOfSatisfying(WebEndpointResponse.class,
				(response) -> assertThat(response.getStatus()).isEqualTo(403));
		then(this.revocations).shouldHaveNoInteractions();
	}

	@Test
	void revokeThenWhatIsNamed() {
		invoke(Map.of("token", "abc"));
		then(this.revocations).should().revokeToken("abc");
		invoke(Map.of("tokenId", "1"));
		then(this.revocations).should().revokeTokenId(null, "1");
		invoke(Map.of("tokenId", "1", "issuer", "https://a"));
		then(this.revocations).should().revokeTokenId("https://a", "1");
		invoke(Map.of("key", "k1"));
		then(this.revocations).should().revokeKey("k1");
		invoke(Map.of("subject", "alice", "issuer", "https://a"));
		then(this.revocations).should().revokeCaller("https://a", "alice");
		invoke(Map.of("session", "s1"));
		then(this.revocations).should().endSession("s1");
		then(this.revocations).shouldHaveNoMoreInteractions();
	}

	@ParameterizedTest
	@MethodSource
	void revokeWhenNotOneThingThenRefused(Map<String, Object> arguments) {
		assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(() -> invoke(arguments));
		then(this.revocations).shouldHaveNoInteractions();
	}

	static List<Map<String, Object>> revokeWhenNotOneThingThenRefused() {
		return List.of(Map.of(), Map.of("token", " "), Map.of("issuer", "https://a"),
				Map.of("token", "a", "session", "b"), Map.of("token", "a", "issuer", "https://a"),
				Map.of("key", "a", "issuer", "https://a"));
	}

	private Object invoke(Map<String, Object> arguments) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBean(McpRevocationsEndpoint.class, () -> new McpRevocationsEndpoint(this.revocations,
					OperatorRole.of(new MockEnvironment(), context.getBeanFactory())));
			context.refresh();
			WebEndpointDiscoverer discoverer = new WebEndpointDiscoverer(context,
					new ConversionServiceParameterValueMapper(), EndpointMediaTypes.DEFAULT, null, null, List.of(),
					List.of(), List.of());
			ExposableWebEndpoint endpoint = discoverer.getEndpoints().iterator().next();
			assertThat(endpoint.getRootPath()).isEqualTo("mcpRevocations");
			WebOperation operation = endpoint.getOperations().iterator().next();
			return operation.invoke(new InvocationContext(SecurityContext.NONE, arguments));
		}
	}

}
