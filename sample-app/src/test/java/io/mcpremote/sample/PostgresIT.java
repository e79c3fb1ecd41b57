// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.mcpremote.audit.ledger.AuditLedger;
import io.mcpremote.audit.ledger.UsageQuery;
import io.mcpremote.audit.ledger.UsageReport;
import io.mcpremote.audit.ledger.VerificationReport;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The tools on a real PostgreSQL with the tables that Flyway makes, where the audit
 * records are kept as well.
 */
@ActiveProfiles("postgres")
@TestPropertySource(properties = { "mcp.remote.audit.jdbc.enabled=true",
		"mcp.remote.audit.jdbc.initialize-schema=always", "mcp.remote.audit.ledger.keys[0].id=k1",
		"mcp.remote.audit.ledger.keys[0].secret=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" })
@DirtiesContext
@EnabledIf(value = "canRun",
		disabledReason = "PostgreSQL refuses to run as root, and there are no user namespaces here (unshare -U) to be"
				+ " somebody else in")
class PostgresIT extends ToolsTests {

	private static EmbeddedPostgres server;

	/**
	 * Asked before there is a context: by then it would be too late to skip anything.
	 * Where all tests have to run, this one fails instead.
	 */
	static boolean canRun() {
		return Boolean.getBoolean("mcp.remote.tests.strict") || !"root".equals(System.getProperty("user.name"))
				|| LinuxUtils.isUnshareAvailable();
	}

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry registry) throws IOException {
		server = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2)).start();
		JdbcTemplate jdbc = new JdbcTemplate(server.getPostgresDatabase());
		jdbc.execute("create role projects login password 'projects'");
		jdbc.execute("create database projects owner projects");
		registry.add("POSTGRES_PORT", server::getPort);
	}

	@AfterAll
	static void stop() throws IOException {
		if (server != null) {
			server.close();
		}
	}

	@Test
	void schemaThenFlywayHasMadeIt(@Autowired JdbcClient jdbc) {
		assertThat(jdbc.sql("select version()").query(String.class).single()).startsWith("PostgreSQL");
		assertThat(jdbc.sql("select version from flyway_schema_history where success").query(String.class).list())
			.containsExactly("1");
		assertThat(jdbc.sql("select current_user").query(String.class).single()).isEqualTo("projects");
	}

	@Test
	void ledgerWhenInTheSameDatabaseThenKeptVerifiedAndCounted(@Autowired AuditLedger ledger) {
		text(call(TOKENS.user("viewer"), "list_projects", Map.of()));
		text(call(TOKENS.agent("read:projects"), "get_project", Map.of("id", "2")));
		error(call(TOKENS.agent("read:projects"), "get_project", Map.of("id", "5")));
		Duration limit = Duration.ofSeconds(30);
		UsageQuery query = new UsageQuery(Instant.now().minus(Duration.ofDays(1)), Instant.now().plusSeconds(3600),
				null, null, null, null);
		await().untilAsserted(() -> assertThat(ledger.usage(query, limit).rows())
			.anySatisfy((row) -> assertUsed(row, "globex", "list_projects", "ok"))
			.anySatisfy((row) -> assertUsed(row, "acme", "get_project", "ok"))
			.anySatisfy((row) -> assertUsed(row, "acme", "get_project", "error")));
		VerificationReport report = ledger.verify(limit);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.events()).isGreaterThanOrEqualTo(3);
	}

	@Test
	void ledgerWhenSomebodyChangesItThenNotIntact(@Autowired AuditLedger ledger, @Autowired JdbcClient jdbc) {
		text(call(TOKENS.user("viewer"), "whoami", Map.of()));
		String sql = "update mcp_remote_audit_event set record_text = replace(record_text, '\"%s\"', '\"%s\"')"
				+ " where target = 'whoami'";
		await().until(() -> jdbc.sql(sql.formatted("viewer", "nobody")).update() > 0);
		try {
			assertThat(ledger.verify(Duration.ofSeconds(30)).intact()).isFalse();
		}
		finally {
			jdbc.sql(sql.formatted("nobody", "viewer")).update();
		}
	}

	private static void assertUsed(UsageReport.Row row, String tenant, String tool, String outcome) {
		assertThat(row.tenant()).isEqualTo(tenant);
		assertThat(row.tool()).isEqualTo(tool);
		assertThat(row.outcome()).isEqualTo(outcome);
		assertThat(row.calls()).isPositive();
	}

}
