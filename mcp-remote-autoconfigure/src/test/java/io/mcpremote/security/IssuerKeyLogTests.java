// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.util.List;

import io.mcpremote.test.MutableClock;
import io.mcpremote.test.UsedSecrets;
import io.mcpremote.test.UsedSecrets.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is logged of keys that cannot be read has nothing of what their URL has to hide.
 */
@ExtendWith(OutputCaptureExtension.class)
class IssuerKeyLogTests {

	private final JwtDecoderFactory factory = new JwtDecoderFactory((url) -> {
		throw new IOException("Server returned HTTP response code: 500 for URL: " + url);
	}, Runnable::run, 1, new MutableClock());

	@Test
	void readWhenUrlHasCredentialsThenNotLogged(CapturedOutput output) {
		String secret = UsedSecrets.add(Kind.CONFIGURED_KEY, "hunter2-of-the-key-set");
		read("https://ann:" + secret + "@keys.example/jwks?key=" + secret);
		assertThat(output).contains("The keys of https://keys.example/jwks cannot be read").doesNotContain(secret);
	}

	@Test
	void readWhenUrlHasNoneThenLoggedWithTheCause(CapturedOutput output) {
		read("https://keys.example/jwks");
		assertThat(output).contains("The keys of https://keys.example/jwks cannot be read",
				"response code: 500 for URL: https://keys.example/jwks");
	}

	private void read(String uri) {
		this.factory.create(null, uri, List.of("RS256"));
		this.factory.retryKeySets();
	}

}
