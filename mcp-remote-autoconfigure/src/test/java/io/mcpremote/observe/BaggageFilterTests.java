// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.io.IOException;
import java.util.Collections;
import java.util.Set;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tracer sees no other baggage in headers than is expected.
 */
class BaggageFilterTests {

	private final BaggageFilter filter = new BaggageFilter(Set.of("tenant"));

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/mcp");

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "tenant=acme,user=mallory | tenant=acme", "user=a,tenant=b;c=d | tenant=b",
			"tenant = acme | tenant=acme" })
	void filterWhenSomeIsExpectedThenOnlyThat(String sent, String left) throws Exception {
		this.request.addHeader("baggage", sent);
		HttpServletRequest seen = filtered();
		assertThat(seen.getHeader("baggage")).isEqualTo(left);
		assertThat(seen.getHeader("Baggage")).isEqualTo(left);
		assertThat(Collections.list(seen.getHeaders("BAGGAGE"))).containsExactly(left);
		assertThat(Collections.list(seen.getHeaderNames())).containsExactly("baggage");
	}

	@Test
	void filterWhenHeaderIsSentSeveralTimesThenAllAreLookedAt() throws Exception {
		this.request.addHeader("baggage", "tenant=acme");
		this.request.addHeader("baggage", "user=mallory");
		assertThat(Collections.list(filtered().getHeaders("baggage"))).containsExactly("tenant=acme");
	}

	@ParameterizedTest
	@CsvSource({ "user=mallory", "tenant", "''", "'tenant=\"a b\"'" })
	void filterWhenNothingIsExpectedThenNoHeader(String sent) throws Exception {
		this.request.addHeader("baggage", sent);
		this.request.addHeader("traceparent", "00");
		HttpServletRequest seen = filtered();
		assertThat(seen.getHeader("baggage")).isNull();
		assertThat(seen.getHeaders("baggage").hasMoreElements()).isFalse();
		assertThat(Collections.list(seen.getHeaderNames())).containsExactly("traceparent");
		assertThat(seen.getHeader("traceparent")).isEqualTo("00");
		assertThat(Collections.list(seen.getHeaders("traceparent"))).containsExactly("00");
	}

	@Test
	void filterWhenNoBaggageThenRequestAsItIs() throws Exception {
		assertThat(filtered()).isSameAs(this.request);
	}

	private HttpServletRequest filtered() throws IOException, ServletException {
		MockFilterChain chain = new MockFilterChain();
		this.filter.doFilter(this.request, new MockHttpServletResponse(), chain);
		ServletRequest seen = chain.getRequest();
		assertThat(seen).isInstanceOf(HttpServletRequest.class);
		return (HttpServletRequest) seen;
	}

}
