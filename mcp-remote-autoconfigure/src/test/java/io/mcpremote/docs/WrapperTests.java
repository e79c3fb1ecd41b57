// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import io.mcpremote.test.Needed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code ./mvnw} says on a machine that lacks something is what the documentation
 * explains.
 */
@DisabledOnOs(OS.WINDOWS)
class WrapperTests {

	private static final String JDK_RANGE = "<version>[17,)</version>";

	@TempDir
	Path home;

	@Test
	void wrapperWhenThereIsNoNetworkThenSaysWhatItCannotFetch() throws IOException, InterruptedException {
		Needed.isThere("wget or curl", run(Map.of(), "command -v wget || command -v curl"));
		assertExplained("Failed to fetch",
				run(Map.of("MVNW_REPOURL", "http://127.0.0.1:1", "MAVEN_USER_HOME", this.home.toString()),
						"../mvnw -version"));
	}

	/**
	 * What there is without {@code unzip}, in most containers for one, is another file
	 * with another sum.
	 */
	@Test
	void wrapperWhenThereIsNoUnzipThenChecksWhatItFetchesInstead() throws Exception {
		Needed.isThere("wget or curl", run(Map.of(), "command -v wget || command -v curl"));
		Needed.isThere("tar and gzip", run(Map.of(), "command -v gzip >/dev/null && command -v tar"));
		assertThat(Files.readString(Path.of("../.mvn/wrapper/maven-wrapper.properties")))
			.containsPattern("distributionSha256SumOfTar=[0-9a-f]{64}\n");
		byte[] distribution = distribution();
		String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(distribution));
		assertThat(runWithoutUnzip(distribution, sum)).isEqualTo("This is Maven");
		assertThat(runWithoutUnzip(distribution, sum.replace(sum.charAt(0), (sum.charAt(0) == '0') ? '1' : '0')))
			.contains("Failed to validate Maven distribution SHA-256");
	}

	private byte[] distribution() throws IOException, InterruptedException {
		run(Map.of(),
				"cd '" + this.home + "' && mkdir -p apache-maven-9.9.9/bin && echo 'echo This is Maven' >"
						+ " apache-maven-9.9.9/bin/mvn && chmod +x apache-maven-9.9.9/bin/mvn && tar czf maven.tar.gz"
						+ " apache-maven-9.9.9");
		return Files.readAllBytes(this.home.resolve("maven.tar.gz"));
	}

	private String runWithoutUnzip(byte[] distribution, String sum) throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, distribution.length);
			exchange.getResponseBody().write(distribution);
			exchange.close();
		});
		server.start();
		try {
			Path project = Files.createDirectories(Files.createTempDirectory(this.home, "project"));
			String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/org/apache/maven/apache-maven/9.9.9/";
			Files.writeString(
					Files.createDirectories(project.resolve(".mvn/wrapper")).resolve("maven-wrapper.properties"),
					"distributionUrl=" + url + "apache-maven-9.9.9-bin.zip\ndistributionSha256Sum=" + "0".repeat(64)
							+ "\ndistributionSha256SumOfTar=" + sum + "\n");
			Files.copy(Path.of("../mvnw"), project.resolve("mvnw"));
			String path = "mkdir '" + project + "/bin' && for tool in $(echo \"$PATH\" | tr : ' '); do for each in"
					+ " \"$tool\"/*; do case \"$each\" in */unzip) ;; *) ln -sf \"$each\" '" + project
					+ "/bin/' ;; esac; done; done";
			return run(Map.of("MAVEN_USER_HOME", project.resolve("user").toString()),
					path + " && PATH='" + project + "/bin' sh '" + project + "/mvnw' -version");
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void wrapperWhenThereIsNoJdkThenNamesTheVariable() throws IOException, InterruptedException {
		assertExplained("JAVA_HOME environment variable is not defined correctly",
				run(Map.of("JAVA_HOME", this.home.toString()), "../mvnw -version"));
	}

	@Test
	void wrapperWhenTheJvmDoesNotKnowAnOptionThenSaysWhich() throws IOException, InterruptedException {
		// What a JVM before 9 says about each line of .mvn/jvm.config
		assertExplained("Unrecognized option: --", run(Map.of("MAVEN_OPTS", "--no-such-option"), "../mvnw -version"));
		assertThat(Files.readAllLines(Path.of("../.mvn/jvm.config")).get(0)).startsWith("--add-exports");
	}

	@Test
	void buildWhenTheJdkIsTooOldThenSaysWhatItNeeds() throws IOException, InterruptedException {
		String pom = Files.readString(Path.of("../pom.xml"));
		assertThat(pom).contains(JDK_RANGE);
		Files.writeString(this.home.resolve("pom.xml"),
				pom.replace(JDK_RANGE, "<version>[99,)</version>").replaceAll("(?s)<modules>.*?</modules>", ""));
		String repository = System.getProperty("maven.repo.local", "");
		assertExplained("This needs JDK 17 or later and runs on",
				run(Map.of(), "../mvnw -o -B -f '" + this.home.resolve("pom.xml") + "' enforcer:enforce@dependencies"
						+ ((repository.isEmpty()) ? "" : " -Dmaven.repo.local='" + repository + "'")));
	}

	private static void assertExplained(String expected, String output) throws IOException {
		assertThat(output).contains(expected).doesNotContain("Apache Maven 3");
		assertThat(Files.readString(Path.of("../docs/troubleshooting.md"))).contains("`" + expected + "`");
	}

	private static String run(Map<String, String> environment, String command)
			throws IOException, InterruptedException {
		ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
		shell.environment().putAll(environment);
		Process process = shell.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		return output.strip();
	}

}
