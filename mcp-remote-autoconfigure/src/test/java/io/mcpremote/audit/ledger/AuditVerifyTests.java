// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Verifying on the command line, in a process of its own as operators do it.
 */
class AuditVerifyTests {

	private final LedgerFixture fixture = new LedgerFixture();

	@TempDir
	private Path directory;

	private Path ledger;

	private Path file;

	@BeforeEach
	void makeLedger() {
		this.ledger = this.directory.resolve("ledger");
		FileAuditSink sink = this.fixture.sink(this.ledger);
		sink.append(this.fixture.events(0, 5));
		sink.close();
		this.file = LedgerFixture.files(this.ledger).get(0);
	}

	@Test
	void verifyWhenIntactThenSaysSoAndEndsWithoutStarting() throws Exception {
		Result result = run("--mcp.remote.audit.verify=" + this.ledger);
		assertThat(result.exit()).as(result.all()).isZero();
		assertThat(result.error()).isEmpty();
		assertThat(result.output()).startsWith(this.ledger.toRealPath() + ": intact, 5 events in 8 records of 1 chain")
			.doesNotContain("EAGER", "Tomcat", "Started");
		Result one = run("--mcp.remote.audit.verify=" + this.file, "--mcp.remote.audit.file.directory=" + this.ledger);
		assertThat(one.exit()).as(one.all()).isZero();
		assertThat(one.output()).contains("intact", "Only this file was looked at");
		assertThat(LedgerFixture.files(this.ledger)).as("nothing is written").hasSize(1);
	}

	@Test
	void verifyWhenAlteredThenSaysWhere() throws Exception {
		Files.writeString(this.file, Files.readString(this.file).replace("\"id\":\"e3\"", "\"id\":\"e9\""));
		Result result = run("--mcp.remote.audit.verify=" + this.ledger);
		assertThat(result.exit()).isEqualTo(1);
		assertThat(result.output()).contains("NOT INTACT", "1 fault",
				"ALTERED: " + this.file.getFileName() + ", line 6, chain ", "record 5: is not what was written");
	}

	@Test
	void verifyWhenCutThenCheckpointsOfALogTell() throws Exception {
		Path log = this.directory.resolve("app.log");
		List<String> checkpoints = Files.readAllLines(this.ledger.resolve("checkpoints-2026-08.jsonl"));
		Files.write(log, checkpoints.stream().map((line) -> "12:00 INFO checkpoint - " + line + " x").toList());
		for (Path each : List.of(this.file, this.ledger.resolve("checkpoints-2026-08.jsonl"))) {
			List<String> lines = Files.readAllLines(each);
			Files.write(each, lines.subList(0, lines.size() - 1));
		}
		Result without = run("--mcp.remote.audit.verify=" + this.ledger);
		assertThat(without.output()).contains("has no end after record 6");
		Result with = run("--mcp.remote.audit.verify=" + this.ledger, "--mcp.remote.audit.verify-checkpoints=" + log);
		assertThat(with.exit()).isEqualTo(1);
		assertThat(with.output()).contains("CUT: ", "5 events up to record 6 and an end");
	}

	@Test
	void verifyWhenTableThenFollowsIt() throws Exception {
		String url = "jdbc:h2:file:" + this.directory.resolve("audit");
		JdbcConnectionPool source = JdbcConnectionPool.create(url, "sa", "");
		new ResourceDatabasePopulator(new ClassPathResource("io/mcpremote/audit/ledger/schema-h2.sql")).execute(source);
		JdbcAuditSink sink = new TestLedgerDatabase().sink(source, this.fixture.clock);
		sink.append(this.fixture.events(0, 5));
		sink.close();
		source.dispose();
		Result intact = run("--mcp.remote.audit.verify=jdbc", "--db=" + url);
		assertThat(intact.exit()).as(intact.all()).isZero();
		assertThat(intact.output()).startsWith("jdbc: intact, 5 events");
		source = JdbcConnectionPool.create(url, "sa", "");
		new JdbcTemplate(source).update("update mcp_remote_audit_event set subject = 'bob' where seq = 4");
		source.dispose();
		Result altered = run("--mcp.remote.audit.verify=jdbc", "--db=" + url);
		assertThat(altered.exit()).isEqualTo(1);
		assertThat(altered.output()).contains("ALTERED: mcp_remote_audit_event, chain ", "record 4: has columns");
	}

	@Test
	void verifyWhenThereIsNothingThenFails() throws Exception {
		Result missing = run("--mcp.remote.audit.verify=" + this.directory.resolve("nowhere"));
		assertThat(missing.exit()).isEqualTo(1);
		assertThat(missing.all()).contains("APPLICATION FAILED TO START", "cannot be read", "Name a directory");
		Result off = run("--mcp.remote.audit.verify=" + this.ledger, "--mcp.remote.audit.enabled=false");
		assertThat(off.exit()).isEqualTo(1);
		assertThat(off.all()).contains("mcp.remote.audit.enabled is false");
	}

	private Result run(String... arguments) throws IOException, InterruptedException {
		byte[] secret = new byte[32];
		Arrays.fill(secret, (byte) 1);
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), Application.class.getName(),
						"--mcp.remote.audit.ledger.keys[0].id=k1",
						"--mcp.remote.audit.ledger.keys[0].secret=" + Base64.getEncoder().encodeToString(secret)));
		command.addAll(List.of(arguments));
		Path output = this.directory.resolve("output");
		Path error = this.directory.resolve("error");
		Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
			.redirectError(error.toFile())
			.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			return new Result(process.exitValue(), Files.readString(output), Files.readString(error));
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * What a process has written.
	 */
	private record Result(int exit, String output, String error) {

		String all() {
			return this.output + this.error;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		public static void main(String[] arguments) {
			SpringApplication.run(Application.class, arguments);
		}

		@Bean
		DataSource database(Environment environment) {
			return JdbcConnectionPool.create(environment.getRequiredProperty("db"), "sa", "");
		}

		@Bean
		Eager eager() {
			return new Eager();
		}

	}

	/**
	 * Something that begins to work with the application.
	 */
	static class Eager implements SmartLifecycle {

		Eager() {
			System.out.println("EAGER");
		}

		@Override
		public void start() {
			System.out.println("EAGER start");
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

}
