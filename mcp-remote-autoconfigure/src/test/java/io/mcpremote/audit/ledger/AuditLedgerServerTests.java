// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of a running server, on record in files and in a table.
 */
class AuditLedgerServerTests {

	@TempDir
	private Path directory;

	@Test
	void callWhenAuditIsRequiredThenIntentAndCallAreInBothLedgers() throws IOException {
		Path audit = this.directory.resolve("audit");
		DataSource source;
		try (RunningServer server = start("mcp.remote.audit.required=true")) {
			source = server.context().getBean(DataSource.class);
			for (int i = 0; i < 5; i++) {
				HttpResponse<String> response = server.modern(ModernRequest.callTool("greet", Map.of("name", "n" + i)));
				assertThat(response.statusCode()).isEqualTo(200);
			}
		}
		StringBuilder text = new StringBuilder();
		for (Path file : LedgerFixture.files(audit)) {
			text.append(Files.readString(file));
		}
		assertThat(text).contains("\"type\":\"intent\"", "\"type\":\"call\"", "n4");
		VerificationReport files = LedgerFixture.verify(audit, keys());
		assertThat(files.intact()).as(files.text()).isTrue();
		assertThat(files.events()).isGreaterThanOrEqualTo(10);
		assertThat(new JdbcTemplate(source).queryForMap("select tool, outcome, calls from mcp_remote_audit_usage"))
			.containsEntry("tool", "greet")
			.containsEntry("outcome", "ok")
			.containsEntry("calls", 5L);
		VerificationReport rows = new JdbcVerifier(new JdbcLedger(source), keys(), Clock.systemUTC()).verify(null, null,
				"", () -> true);
		assertThat(rows.intact()).as(rows.text()).isTrue();
	}

	/**
	 * With the query of the documentation.
	 */
	@Test
	void callWhenToolIsDeprecatedThenTableTellsWhoStillCallsIt() throws IOException {
		DataSource source;
		try (RunningServer server = start("mcp.remote.tools.greet.deprecated.since=2.3")) {
			source = server.context().getBean(DataSource.class);
			for (int i = 0; i < 3; i++) {
				server.modern(ModernRequest.callTool("greet", Map.of("name", "n" + i)));
			}
			server.modern(ModernRequest.of("tools/list"));
		}
		String page = Files.readString(Path.of("../docs/versions.md"));
		String query = page.replaceFirst("(?s).*```sql lint\n(.*?)```.*", "$1").replace("2026-08-01", "2000-01-01");
		assertThat(new JdbcTemplate(source).queryForList(query)).singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("target", "greet").containsEntry("calls", 3L));
	}

	@Test
	void callWhenDirectoryIsGoneThenRefusedAndServedAgainLater() throws IOException {
		Path audit = this.directory.resolve("audit");
		Path away = this.directory.resolve("away");
		try (RunningServer server = start("mcp.remote.audit.required=true", "mcp.remote.audit.jdbc.enabled=false")) {
			assertThat(call(server)).isEqualTo(200);
			Files.move(audit, away);
			assertThat(call(server)).isEqualTo(503);
			Files.move(away, audit);
			assertThat(call(server)).isEqualTo(200);
		}
		VerificationReport files = LedgerFixture.verify(audit, keys());
		assertThat(files.intact()).as(files.text()).isTrue();
	}

	private static int call(RunningServer server) {
		return server.modern(ModernRequest.callTool("greet", Map.of("name", "n"))).statusCode();
	}

	private static LedgerKeys keys() {
		return new LedgerKeys(List.of(new LedgerKey("k1", new byte[32])), List.of());
	}

	private RunningServer start(String... properties) {
		List<String> all = new ArrayList<>(List.of("mcp.remote.audit.file.directory=" + this.directory.resolve("audit"),
				"mcp.remote.audit.ledger.keys[0].id=k1",
				"mcp.remote.audit.ledger.keys[0].secret=" + Base64.getEncoder().encodeToString(new byte[32])));
		all.addAll(List.of(properties));
		if (!all.contains("mcp.remote.audit.jdbc.enabled=false")) {
			all.add("mcp.remote.audit.jdbc.enabled=true");
		}
		return RunningServer.start(all, Tools.class, Database.class);
	}

	static class Tools {

		@McpTool(name = "greet", description = "Greets")
		String greet(@McpToolParam(description = "Whom") String name) {
			return "hello " + name;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Database {

		@Bean
		DataSource database() {
			return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
		}

	}

}
