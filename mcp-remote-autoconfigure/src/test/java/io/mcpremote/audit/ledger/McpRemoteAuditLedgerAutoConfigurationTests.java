// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import io.mcpremote.audit.AuditSink;
import io.mcpremote.call.StartupException;
import org.assertj.core.util.Throwables;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;

class McpRemoteAuditLedgerAutoConfigurationTests {

	private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

	private static final AutoConfigurations OURS = AutoConfigurations.of(McpRemoteAuditLedgerAutoConfiguration.class,
			McpRemoteAuditJdbcAutoConfiguration.class);

	@TempDir
	private Path directory;

	private final LedgerFixture fixture = new LedgerFixture();

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(OURS);

	private WebApplicationContextRunner withFiles() {
		return this.runner.withPropertyValues("mcp.remote.audit.ledger.keys[0].id=k1",
				"mcp.remote.audit.ledger.keys[0].secret=" + SECRET,
				"mcp.remote.audit.file.directory=" + this.directory.resolve("audit"));
	}

	private WebApplicationContextRunner withTable() {
		return this.runner
			.withPropertyValues("mcp.remote.audit.ledger.keys[0].id=k1",
					"mcp.remote.audit.ledger.keys[0].secret=" + SECRET, "mcp.remote.audit.jdbc.enabled=true")
			.withBean("database", DataSource.class, McpRemoteAuditLedgerAutoConfigurationTests::database);
	}

	private static DataSource database() {
		return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
	}

	@Test
	void startThenNothingIsKeptUnlessAskedFor() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(AuditSink.class).doesNotHaveBean(LedgerTimer.class);
			assertThat(context).doesNotHaveBean(McpRemoteAuditLedgerProperties.class);
		});
	}

	@Test
	void startWhenDirectoryThenEventsAreKeptInFiles() {
		withFiles().run((context) -> {
			assertThat(context).hasSingleBean(AuditSink.class).hasSingleBean(AuditLedger.class);
			AuditSink sink = context.getBean(AuditSink.class);
			assertThat(sink.isDurable()).isTrue();
			sink.append(this.fixture.events(0, 5));
			AuditLedger ledger = context.getBean(AuditLedger.class);
			assertThat(ledger.status().events()).isEqualTo(5);
			VerificationReport report = ledger.verify(Duration.ofSeconds(20));
			assertThat(report.intact()).as(report.text()).isTrue();
		});
		assertThat(LedgerFixture.verify(this.directory.resolve("audit"), keys()).intact())
			.as("closed with the application")
			.isTrue();
	}

	@Test
	void startWhenAnotherApplicationOfTheProcessUsesTheDirectoryThenBothKeepTheirLocks() throws Exception {
		Path audit = this.directory.resolve("audit");
		withFiles().run((first) -> {
			Path lock = audit.resolve("audit-" + first.getBean(AuditLedger.class).status().chain() + ".lock");
			withFiles().run((second) -> {
				second.getBean(AuditSink.class).append(this.fixture.events(10, 5));
				second.getBean(FileAuditSink.class).tick();
				assertThat(second.getBean(AuditLedger.class).verify(Duration.ofSeconds(20)).intact()).isTrue();
				assertThat(second.getBean(AuditLedger.class).status().chain())
					.isNotEqualTo(first.getBean(AuditLedger.class).status().chain());
			});
			assertThat(FileLeaseTests.tryInAnotherProcess(lock)).as("the lock of the first").isNotZero();
			first.getBean(AuditSink.class).append(this.fixture.events(0, 5));
			VerificationReport report = first.getBean(AuditLedger.class).verify(Duration.ofSeconds(20));
			assertThat(report.intact()).as(report.text()).isTrue();
		});
		VerificationReport report = LedgerFixture.verify(audit, keys());
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.chains()).isEqualTo(2);
		assertThat(report.events()).isEqualTo(10);
	}

	private static LedgerKeys keys() {
		return new LedgerKeys(List.of(new LedgerKey("k1", new byte[32])), List.of());
	}

	@Test
	void startWhenSwitchedOffThenNothing() {
		withFiles().withPropertyValues("mcp.remote.audit.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AuditSink.class));
		withTable().withPropertyValues("mcp.remote.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AuditSink.class));
		assertThat(this.directory.resolve("audit")).doesNotExist();
	}

	@Test
	void startWhenNotAServerThenNothing() {
		new ApplicationContextRunner().withConfiguration(OURS)
			.withPropertyValues("mcp.remote.audit.file.directory=" + this.directory)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditSink.class));
	}

	@Test
	void startWhenTableThenCreatedInMemoryAndUsed() {
		withTable().run((context) -> {
			AuditSink sink = context.getBean(AuditSink.class);
			assertThat(sink.name()).isEqualTo("jdbc");
			sink.append(this.fixture.events(0, 5));
			assertThat(new JdbcTemplate(context.getBean(DataSource.class))
				.queryForObject("select count(*) from mcp_remote_audit_event where kind = 'event'", Integer.class))
				.isEqualTo(5);
			AuditLedger ledger = context.getBean(AuditLedger.class);
			VerificationReport report = ledger.verify(Duration.ofSeconds(20));
			assertThat(report.intact()).as(report.text()).isTrue();
			UsageQuery query = new UsageQuery(this.fixture.clock.instant().minusSeconds(1),
					this.fixture.clock.instant().plusSeconds(1), "acme", null, null, "check_stock");
			assertThat(ledger.usage(query, Duration.ofSeconds(20)).rows()).containsExactly(
					new UsageReport.Row("acme", "https://issuer.example", "alice", "check_stock", "ok", 5, 15000));
		});
	}

	@Test
	void startWhenSeveralDatabasesThenTheNamedOne() {
		withTable().withBean("other", DataSource.class, McpRemoteAuditLedgerAutoConfigurationTests::database)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(StartupException.class)
				.hasMessageContaining("no database, or several"));
		withTable().withBean("other", DataSource.class, McpRemoteAuditLedgerAutoConfigurationTests::database)
			.withPropertyValues("mcp.remote.audit.jdbc.data-source=other")
			.run((context) -> {
				context.getBean(AuditSink.class).append(this.fixture.events(0, 1));
				assertThat(new JdbcTemplate(context.getBean("other", DataSource.class))
					.queryForList("select * from mcp_remote_audit_event where kind = 'event'")).hasSize(1);
			});
	}

	@Test
	void startWhenTableIsMissingThenSaysSo() {
		withTable().withPropertyValues("mcp.remote.audit.jdbc.initialize-schema=never")
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.rootCause()
				.satisfies((failure) -> assertThat(context.getStartupFailure()).hasStackTraceContaining(
						"the table mcp_remote_audit_event or mcp_remote_audit_checkpoint cannot be used")));
	}

	@Test
	void startWhenTablesAreMigratedByAnotherBeanThenUsed() {
		withTable().withPropertyValues("mcp.remote.audit.jdbc.initialize-schema=never")
			.withInitializer((context) -> context.addBeanFactoryPostProcessor((beans) -> {
				// After all others, hence created last
				((BeanDefinitionRegistry) beans).registerBeanDefinition("migration",
						new RootBeanDefinition(ResourceDatabasePopulator.class, () -> {
							ResourceDatabasePopulator populator = new ResourceDatabasePopulator(
									new ClassPathResource("io/mcpremote/audit/ledger/schema-h2.sql"));
							populator.execute(beans.getBean(DataSource.class));
							return populator;
						}));
			}))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(AuditSink.class).append(this.fixture.events(0, 1));
				assertThat(context.getBean(AuditLedger.class).status().events()).isOne();
			});
	}

	@Test
	void startWhenJdbcIsNotOnTheClassPathThenSaysSo() {
		withTable().withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(StartupException.class)
				.hasMessageContaining("no database, or several"));
	}

	@Test
	void startWhenThereIsNoKeyThenRefuses() {
		this.runner.withPropertyValues("mcp.remote.audit.file.directory=" + this.directory.resolve("audit"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(StartupException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("there is no key to chain them with");
					assertThat(failure.action()).contains("mcp.remote.audit.ledger.keys[0].secret", "openssl rand");
				}));
		assertThat(this.directory.resolve("audit")).doesNotExist();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"ledger.keys[0].secret=c2hvcnQ=|keys[0].secret is missing, no Base64 or too short",
			"ledger.keys[0].secret=*secret-that-is-no-base64*|keys[0].secret is missing, no Base64 or too short",
			"ledger.keys[0].id=a b|letters, digits", "ledger.checkpoint-events=0|must be positive",
			"ledger.checkpoint-interval=1ms|between a second and a day", "file.max-size=10B|at least 100KB",
			"file.max-age=1s|between a minute and the retention",
			"file.retention=1h|between a minute and the retention", "file.directory=/tmp/../etc|must not go up",
			"file.directory=/proc/nowhere|cannot be kept in /proc/nowhere",
			"ledger.signing-keys[0].id=s1|public-key is missing or no Ed25519 key" })
	void startWhenValueIsWrongThenSaysWhich(String property, String message) {
		withFiles().withPropertyValues("mcp.remote.audit." + property).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).hasStackTraceContaining(message);
			assertThat(Throwables.getStackTrace(context.getStartupFailure()))
				.doesNotContain("secret-that-is-no-base64");
		});
	}

	@Test
	void startWhenDirectoryCannotBeWrittenThenSaysSo() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "");
		withFiles().withPropertyValues("mcp.remote.audit.file.directory=" + file)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("Audit records cannot be kept in " + file));
	}

	@Test
	void startWhenSigningKeyThenCheckpointsAreVerifiedWithThePublicKeyAlone() throws NoSuchAlgorithmException {
		KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
		String open = "-----BEGIN PUBLIC KEY-----\n"
				+ Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
				+ "\n-----END PUBLIC KEY-----\n";
		withFiles()
			.withPropertyValues("mcp.remote.audit.ledger.signing-keys[0].id=s1",
					"mcp.remote.audit.ledger.signing-keys[0].public-key=" + open,
					"mcp.remote.audit.ledger.signing-keys[0].private-key="
							+ Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()),
					"mcp.remote.audit.ledger.checkpoint-events=1")
			.run((context) -> {
				context.getBean(AuditSink.class).append(this.fixture.events(0, 5));
				context.getBean(AuditSink.class).append(this.fixture.events(5, 5));
			});
		Path audit = this.directory.resolve("audit");
		LedgerKeys open1 = new LedgerKeys(List.of(), List.of(new SigningKey("s1", pair.getPublic(), null)));
		VerificationReport report = LedgerFixture.verify(audit, open1);
		assertThat(report.intact()).as(report.text()).isTrue();
		Path file = LedgerFixture.files(audit).get(0);
		replace(file, "rope", "ripe");
		assertThat(LedgerFixture.verify(audit, open1).findings()).first().satisfies((finding) -> {
			assertThat(finding.fault()).isEqualTo(Fault.ALTERED);
			assertThat(finding.message()).contains("back to the statement before");
		});
		replace(file, "ripe", "rope");
		assertThat(LedgerFixture.verify(audit, open1).intact()).isTrue();
		assertThat(LedgerFixture.verify(audit, keys()).findings()).as("without the public key")
			.first()
			.extracting(Finding::fault)
			.isEqualTo(Fault.UNVERIFIABLE);
	}

	private static void replace(Path file, String from, String to) {
		try {
			Files.writeString(file, Files.readString(file).replace(from, to));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
