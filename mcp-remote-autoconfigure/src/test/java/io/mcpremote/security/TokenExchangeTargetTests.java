// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens go to the service and nowhere else.
 */
class TokenExchangeTargetTests {

	private final TokenExchangeTarget target = new TokenExchangeTarget("billing",
			URI.create("https://billing.example.com/api/"));

	@ParameterizedTest
	@ValueSource(strings = { "https://billing.example.com/api", "https://billing.example.com/api/",
			"https://billing.example.com/api/invoices?open=true", "HTTPS://Billing.Example.com:443/api/a/b",
			"https://billing.example.com/api/v1..2/.hidden" })
	void coversWhenBelowBaseThenTrue(String uri) {
		assertThat(this.target.covers(URI.create(uri))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://billing.example.com/api", "https://billing.example.com:8443/api",
			"https://example.com/api", "https://billing.example.com.evil.example/api",
			"https://billing.example.com@evil.example/api", "https://billing.example.com", "/api/invoices",
			"mailto:billing@example.com", "https://billing.example.com/apis", "https://billing.example.com/admin",
			"https://billing.example.com/api/../admin", "https://billing.example.com/api/%2E%2e/admin",
			"https://billing.example.com/api/..%2Fadmin", "https://billing.example.com/api/..%5cadmin" })
	void coversWhenElsewhereThenFalse(String uri) {
		assertThat(this.target.covers(URI.create(uri))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://billing", "http://billing/", "http://billing/invoices", "http://billing:80/" })
	void coversWhenBaseIsRootThenEverythingOfTheHost(String uri) {
		assertThat(new TokenExchangeTarget("billing", URI.create("http://billing")).covers(URI.create(uri))).isTrue();
	}

}
