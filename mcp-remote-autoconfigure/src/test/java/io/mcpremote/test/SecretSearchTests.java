// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import io.mcpremote.test.SecretSearch.Leak;
import io.mcpremote.test.SecretSearch.Secret;
import io.mcpremote.test.UsedSecrets.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A search that finds nothing proves something only if it finds what is there.
 */
class SecretSearchTests {

	private static final String HEADER = "eyJhbGciOiJSUzI1NiJ9";

	private static final String PAYLOAD = "eyJzdWIiOiJhbm4iLCJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIn0";

	private static final String SIGNATURE = "NHVaYe26MbtOYhSKkoKYdFVomg4i8ZJd8_-RU8VNbftc4TSMb4bXP3l3YlNWACwyXPGffz5aXHc6lty1Y2t4SWRqGteragsVdZufDn5BlnJl";

	private static final Secret TOKEN = new Secret(Kind.ACCESS_TOKEN, "FirstTests.first",
			HEADER + "." + PAYLOAD + "." + SIGNATURE);

	private static final Secret PASSWORD = new Secret(Kind.CLIENT_SECRET, "SecondTests.second", "s3cret/of & all");

	private final SecretSearch search = new SecretSearch(List.of(TOKEN, PASSWORD));

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "%s", "Bearer %s", "{\"token\":\"%s\"}", "a=%s&b=c", "[%s]" })
	void inWhenTokenThenFound(String text) {
		assertThat(this.search.in(text.formatted(TOKEN.value()))).containsExactly(TOKEN);
		assertThat(this.search.in(text.formatted(PAYLOAD))).containsExactly(TOKEN);
		assertThat(this.search.in(text.formatted(SIGNATURE))).containsExactly(TOKEN);
	}

	@Test
	void inWhenAnyTwoPiecesOfTokenThenFound() {
		String end = SIGNATURE.substring(0, SIGNATURE.length() / 16 * 16);
		for (int i = 0; i + 31 <= end.length(); i++) {
			assertThat(this.search.in("cut: " + end.substring(i, i + 31) + "...")).containsExactly(TOKEN);
		}
	}

	@Test
	void inWhenEncodedThenFound() {
		assertThat(this.search.in("client_secret=" + URLEncoder.encode(PASSWORD.value(), StandardCharsets.UTF_8)))
			.containsExactly(PASSWORD);
		for (String client : List.of("", "a", "ab", "abc", "server:")) {
			for (String rest : List.of("", "x", "xy")) {
				byte[] bytes = (client + PASSWORD.value() + rest).getBytes(StandardCharsets.UTF_8);
				assertThat(this.search.in("Basic " + Base64.getEncoder().encodeToString(bytes) + " sent"))
					.containsExactly(PASSWORD);
				assertThat(this.search.in(Base64.getUrlEncoder().encodeToString(bytes))).containsExactly(PASSWORD);
			}
		}
	}

	@Test
	void inWhenNothingIsSecretThenNothing() {
		assertThat(this.search.in("")).isEmpty();
		assertThat(this.search.in("Authorization: Bearer " + HEADER + ".****** of https://issuer.example, s3cret/of"))
			.isEmpty();
	}

	@Test
	void inWhenFileThenSaysWhoseAndWhere() throws IOException {
		Path secrets = this.directory.resolve("secrets.txt");
		Files.writeString(secrets, "ACCESS_TOKEN\tFirstTests.first\t"
				+ Base64.getEncoder().encodeToString(TOKEN.value().getBytes(StandardCharsets.UTF_8)) + "\n");
		assertThat(SecretSearch.read(secrets)).containsExactly(TOKEN);
		Path log = this.directory.resolve("logs.txt");
		Files.writeString(log, "INFO fine\nWARN sent " + TOKEN.value() + "\nWARN again " + TOKEN.value() + "\n");
		List<Leak> leaks = new SecretSearch(SecretSearch.read(secrets)).in(log);
		assertThat(leaks).singleElement()
			.asString()
			.startsWith("ACCESS_TOKEN of FirstTests.first in " + this.directory.getFileName() + "/logs.txt:2: WARN");
	}

}
