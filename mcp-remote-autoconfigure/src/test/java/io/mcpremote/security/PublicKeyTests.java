// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One public key in a file instead of an issuer: the rules for tokens are the same.
 */
class PublicKeyTests {

	private static final String LOCATION = "spring.security.oauth2.resourceserver.jwt.public-key-location=file:";

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void setUp() {
		this.file = this.directory.resolve("key.pub");
	}

	@Test
	void callWhenSignedWithTheKeyThenLetIn() throws IOException, JOSEException {
		try (TestIssuer issuer = new TestIssuer()) {
			write(issuer.publicKey().toRSAPublicKey().getEncoded());
			try (RunningServer server = RunningServer.secured(
					List.of(LOCATION + this.file, "mcp.remote.security.authorization-servers=" + issuer.uri()),
					Tools.class)) {
				String url = server.resource();
				assertThat(call(server, issuer.token(url, "alice")).statusCode()).isEqualTo(200);
				String stranger = issuer.token(TestIssuer.key("k1"), JOSEObjectType.JWT, url, "mallory", (claims) -> {
				});
				assertThat(challenge(call(server, stranger))).contains("its signature cannot be verified");
				String elsewhere = issuer.token("https://other.example", "mallory");
				assertThat(challenge(call(server, elsewhere))).contains("it is not meant for this server");
			}
		}
	}

	@Test
	void startWhenThereIsNoKeyThenSaysWhere() throws IOException {
		Files.writeString(this.file, "no key at all");
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> RunningServer.secured(List.of(LOCATION + this.file), Tools.class).close())
			.havingRootCause()
			.withMessageContaining("Key is not in PEM");
		assertThatExceptionOfType(Exception.class).isThrownBy(
				() -> RunningServer.secured(List.of(LOCATION + this.directory.resolve("none")), Tools.class).close())
			.withStackTraceContaining("public-key-location");
	}

	private void write(byte[] key) throws IOException {
		String body = Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(key);
		Files.writeString(this.file, "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
	}

	private static HttpResponse<String> call(RunningServer server, String token) {
		return new BearerClient(server, token).call("hello");
	}

	private static String challenge(HttpResponse<String> response) {
		return response.headers().firstValue("WWW-Authenticate").orElse("none");
	}

	static class Tools {

		@McpTool(name = "hello", description = "Says hello")
		String hello() {
			return "hello";
		}

	}

}
