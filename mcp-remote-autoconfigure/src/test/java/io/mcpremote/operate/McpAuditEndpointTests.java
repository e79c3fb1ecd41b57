// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import io.mcpremote.audit.AuditException;
import io.mcpremote.audit.ledger.AuditLedger;
import io.mcpremote.audit.ledger.LedgerStatus;
import io.mcpremote.audit.ledger.UsageQuery;
import io.mcpremote.audit.ledger.UsageReport;
import io.mcpremote.audit.ledger.VerificationReport;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class McpAuditEndpointTests {

	private final MutableClock clock = new MutableClock();

	private final KnownLedger ledger = new KnownLedger();

	private final McpAuditEndpoint endpoint = new McpAuditEndpoint(List.of(this.ledger), this.clock);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(McpRemoteAuditEndpointAutoConfiguration.class))
		.withBean(AuditLedger.class, KnownLedger::new);

	@Test
	void readThenStatusVerificationAndUsage() {
		assertThat(this.endpoint.ledgers()).containsExactly(this.ledger.status());
		assertThat(this.endpoint.read("verify", null, null, null, null, null, null)).hasSize(1)
			.first()
			.isInstanceOf(VerificationReport.class);
		assertThat(this.endpoint.read("usage", null, null, "acme", "https://issuer.example", "alice", "echo"))
			.hasSize(1);
		assertThat(this.ledger.queries).containsExactly(new UsageQuery(this.clock.instant().minus(Duration.ofDays(1)),
				this.clock.instant(), "acme", "https://issuer.example", "alice", "echo"));
		assertThat(this.endpoint.read("other", null, null, null, null, null, null)).isNull();
	}

	@Test
	void readWhenPeriodIsEmptyThenRefused() {
		OffsetDateTime time = OffsetDateTime.parse("2026-08-01T00:00:00Z");
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.read("usage", time, time, null, null, null, null));
	}

	@Test
	void readWhenAnotherIsReadingThenRefused() {
		List<AuditLedger> ledgers = new ArrayList<>(List.of(this.ledger));
		McpAuditEndpoint[] nested = new McpAuditEndpoint[1];
		ledgers.add(new KnownLedger() {

			@Override
			public VerificationReport verify(Duration limit) {
				assertThatExceptionOfType(InvalidEndpointRequestException.class)
					.isThrownBy(() -> nested[0].read("verify", null, null, null, null, null, null));
				return super.verify(limit);
			}

		});
		nested[0] = new McpAuditEndpoint(ledgers, this.clock);
		assertThat(nested[0].read("verify", null, null, null, null, null, null)).hasSize(2);
		assertThat(nested[0].read("verify", null, null, null, null, null, null)).hasSize(2);
	}

	@Test
	void readWhenOneLedgerCannotBeReadThenTheOthersAre() {
		AuditLedger broken = new KnownLedger() {

			@Override
			public LedgerStatus status() {
				return new LedgerStatus("jdbc", "chain", 3, 1, 1, "DataAccessResourceFailureException");
			}

			@Override
			public VerificationReport verify(Duration limit) {
				throw new AuditException("The secret database cannot be read", null);
			}

			@Override
			public UsageReport usage(UsageQuery query, Duration limit) {
				throw new AuditException("The secret database cannot be read", null);
			}

		};
		McpAuditEndpoint both = new McpAuditEndpoint(List.of(broken, this.ledger), this.clock);
		List<?> verified = both.read("verify", null, null, null, null, null, null);
		assertThat(verified).hasSize(2);
		assertThat(verified.get(0)).isInstanceOf(McpAuditEndpoint.Unreadable.class)
			.hasToString("Unreadable[name=jdbc, failure=The ledger cannot be read, which is in the log]");
		assertThat(verified.get(1)).isInstanceOf(VerificationReport.class);
		List<?> used = both.read("usage", null, null, null, null, null, null);
		assertThat(used.get(0)).isInstanceOf(McpAuditEndpoint.Unreadable.class);
		assertThat(used.get(1)).isInstanceOf(UsageReport.class);
	}

	@Test
	void startThenEndpointOnlyWhereExposed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(McpAuditEndpoint.class));
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=mcpAudit")
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues("management.endpoints.jmx.exposure.include=mcpAudit", "spring.jmx.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(McpAuditEndpoint.class));
		this.runner
			.withPropertyValues("mcp.remote.audit.enabled=false", "management.endpoints.jmx.exposure.include=mcpAudit",
					"spring.jmx.enabled=true")
			.run((context) -> assertThat(context).doesNotHaveBean(McpAuditEndpoint.class));
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static class KnownLedger implements AuditLedger {

		private final List<UsageQuery> queries = new ArrayList<>();

		@Override
		public LedgerStatus status() {
			return new LedgerStatus("file", "chain", 3, 1, 1, null);
		}

		@Override
		public VerificationReport verify(Duration limit) {
			return new VerificationReport("here", true, 1, 3, 1, 0, List.of(), List.of());
		}

		@Override
		public UsageReport usage(UsageQuery query, Duration limit) {
			this.queries.add(query);
			return new UsageReport(query, true, List.of());
		}

	}

}
