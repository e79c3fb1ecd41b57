// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.mcpremote.wire.EndpointLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sentences of the documentation that no block of code can hold to the truth.
 */
class ClaimTests {

	private static final Path ROOT = Path.of("..");

	@Test
	void readmeThenNoLongerThanPromised() throws IOException {
		assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
	}

	@Test
	void readmeThenPromisesNoClientsOfTheOtherTransport() throws IOException {
		assertThat(read("README.md")).contains("over Streamable HTTP").doesNotContain("2024-11-05");
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "docs/getting-started.md" })
	void pageWhenNothingIsPublishedThenSaysHowToInstall(String page) throws IOException {
		String version = first("<version>(.*?)</version>", read("pom.xml"));
		String text = read(page);
		assertThat(first("<artifactId>mcp-remote-starter</artifactId>\\s*<version>(.*?)</version>", text))
			.isEqualTo(version);
		assertThat(text.contains("./mvnw -q -pl mcp-remote-starter -am install -Dmaven.test.skip"))
			.isEqualTo(version.endsWith("-SNAPSHOT"));
	}

	/**
	 * The issuer that Spring Boot has for all URLs takes the login from them.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "README.md", "docs/getting-started.md" })
	void pageWhenItSaysThatTheLoginStaysThenNamesTheIssuerForTheEndpointOnly(String page) throws IOException {
		assertThat(read(page)).containsPattern("(?s)login.{1,80}stay");
		List<String> configuration = Pages.blocks(page)
			.stream()
			.filter((block) -> block.is("bind"))
			.map(CodeBlock::text)
			.toList();
		assertThat(configuration).isNotEmpty().allSatisfy((text) -> assertThat(text).doesNotContain("resourceserver"));
		assertThat(configuration).anySatisfy((text) -> assertThat(text).contains("issuers"));
	}

	/**
	 * Of all that nginx publishes, nothing is more than clients need, and nothing less.
	 */
	@Test
	void proxyThenPublishesTheEndpointAndItsMetadataOnly() throws IOException {
		EndpointLocation location = new EndpointLocation(URI.create("https://mcp.example.com/mcp"), "", "/mcp",
				() -> 8080);
		List<String> published = Pattern.compile("^location (.*) \\{$", Pattern.MULTILINE)
			.matcher(read("docs/deployment.md"))
			.results()
			.map((found) -> found.group(1))
			.toList();
		assertThat(published).containsExactlyInAnyOrder("= " + location.path(),
				"= " + URI.create(location.metadataUrl()).getPath());
	}

	@Test
	void recipeThenNamesPackagesThatThereAre() throws IOException {
		String used = first("which may use ([^.]*)\\.", read("CONTRIBUTING.md"));
		List<String> packages = Pattern.compile("`(\\w+)`")
			.matcher(used)
			.results()
			.map((found) -> found.group(1))
			.toList();
		assertThat(packages).isNotEmpty()
			.allSatisfy((name) -> assertThat(Path.of("src/main/java/io/mcpremote", name)).isDirectory());
	}

	private static String read(String file) throws IOException {
		return Files.readString(ROOT.resolve(file));
	}

	private static String first(String pattern, String text) {
		return Pattern.compile(pattern)
			.matcher(text)
			.results()
			.map((MatchResult found) -> found.group(1))
			.findFirst()
			.orElseThrow();
	}

}
