// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AccessRevokedTests {

	@ParameterizedTest
	@CsvSource({ "alice, https://a, web", "alice, , ", "alice, https://a, ", "alice, , web", "3=bob;-;, 1=a;, -;",
			"'a;b=c', '=', '9=;'" })
	void ownWhenAllPartsAreThoseThenTrue(String subject, String issuer, String clientId) {
		String key = new Caller(subject, issuer, clientId, "1.2.3.4").ownerKey();
		assertThat(new AccessRevoked.Callers(issuer, subject, clientId).own(key)).isTrue();
		assertThat(new AccessRevoked.Callers(null, subject, null).own(key)).isTrue();
		assertThat(new AccessRevoked.Callers(null, subject + "x", null).own(key)).isFalse();
		assertThat(new AccessRevoked.Callers("other", subject, null).own(key)).isFalse();
		assertThat(new AccessRevoked.Callers(null, null, "other").own(key)).isFalse();
	}

	@Test
	void ownWhenAnonymousThenFalse() {
		assertThat(new AccessRevoked.Callers(null, null, null).own(Caller.anonymous("subject:1=a;").ownerKey()))
			.isFalse();
	}

}
