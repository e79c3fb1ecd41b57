// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import io.mcpremote.audit.AuditException;
import io.mcpremote.audit.AuditTrail;
import io.mcpremote.operate.StoreProbe;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A database that is down, or hangs, while a server is called.
 */
class DatabaseOutageServerTests {

	private static final int THREADS = 4;

	private static final int QUEUE = 64;

	@ParameterizedTest
	@ValueSource(strings = { "block", "drop" })
	void callWhenDatabaseIsDownThenServedAndEveryEventIsKeptOrCounted(String overflow) throws IOException {
		try (RunningServer server = start(overflow)) {
			FragileDatabase database = server.context().getBean(FragileDatabase.class);
			call(server, 10);
			database.down = true;
			call(server, 50);
			database.down = false;
			call(server, 10);
			long lost = assertKeptOrCounted(server, THREADS * 70);
			assertThat(lost).isBetween(1L, THREADS * 60L);
		}
	}

	@Test
	void callWhenDatabaseHangsAndEventsAreDroppedThenNobodyWaits() throws IOException {
		try (RunningServer server = start("drop")) {
			FragileDatabase database = server.context().getBean(FragileDatabase.class);
			call(server, 10);
			database.hang();
			// More than can wait, or all of them would be kept
			call(server, 200);
			database.goOn();
			assertThat(assertKeptOrCounted(server, THREADS * 210)).isPositive();
		}
	}

	@Test
	void callWhenDatabaseHangsAndCallsWaitThenNothingIsLost() throws IOException {
		try (RunningServer server = start("block")) {
			FragileDatabase database = server.context().getBean(FragileDatabase.class);
			call(server, 5);
			database.hang();
			CompletableFuture<Void> calls = CompletableFuture.runAsync(() -> call(server, 50));
			Eventually.until("as many events wait as may", () -> waiting(server) >= QUEUE - 1);
			database.goOn();
			calls.join();
			assertThat(assertKeptOrCounted(server, THREADS * 55)).isZero();
		}
	}

	@Test
	void healthWhenRecordIsRequiredAndDatabaseIsDownThenToldUntilItIsBack() throws Exception {
		try (RunningServer server = start("block", "mcp.remote.audit.required=true")) {
			FragileDatabase database = server.context().getBean(FragileDatabase.class);
			StoreProbe probe = server.context().getBean("mcpRemoteLedgerProbe", StoreProbe.class);
			assertThat(statusOfCall(server)).isEqualTo(200);
			probe.probe();
			database.down = true;
			assertThat(statusOfCall(server)).isEqualTo(503);
			assertThatExceptionOfType(AuditException.class).isThrownBy(probe::probe)
				.withMessageContaining("jdbc (Cannot");
			database.down = false;
			assertThat(statusOfCall(server)).isEqualTo(200);
			probe.probe();
		}
	}

	private static int statusOfCall(RunningServer server) {
		return server.modern(ModernRequest.callTool("greet", Map.of())).statusCode();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void closeWhenDatabaseHangsThenApplicationEnds(int calls) {
		RunningServer server = start("drop", "mcp.remote.audit.shutdown-timeout=1s");
		FragileDatabase database = server.context().getBean(FragileDatabase.class);
		call(server, 1);
		Eventually.until("all is kept", () -> waiting(server) == 0);
		database.hang();
		try {
			// With a call its record holds the chain, without one its end does
			call(server, calls);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
			Eventually.until("the application has ended", closing::isDone);
			assertThat(closing).isCompleted();
			assertThat(database.waiting()).isPositive();
		}
		finally {
			database.goOn();
		}
	}

	/**
	 * Wait until nothing waits any more, and hold what is kept against what was done.
	 * @return how many events were lost
	 */
	private static long assertKeptOrCounted(RunningServer server, int calls) throws IOException {
		JdbcTemplate jdbc = new JdbcTemplate(server.context().getBean(FragileDatabase.class));
		AuditTrail trail = server.context().getBean(AuditTrail.class);
		Eventually.until("all is kept or counted", () -> waiting(server) == 0 && count(jdbc) + lost(trail) >= calls);
		long lost = lost(trail);
		assertThat(count(jdbc) + lost).isEqualTo(calls);
		Eventually.until("what is lost is on record", () -> told(jdbc) >= lost);
		assertThat(told(jdbc)).isEqualTo(lost);
		VerificationReport report = new JdbcVerifier(new JdbcLedger(server.context().getBean(FragileDatabase.class)),
				new LedgerKeys(List.of(new LedgerKey("k1", new byte[32])), List.of()), Clock.systemUTC())
			.verify(null, null, "", () -> true);
		assertThat(report.intact()).as(report.text()).isTrue();
		return lost;
	}

	private static int count(JdbcTemplate jdbc) {
		Integer count = jdbc.queryForObject("select count(*) from mcp_remote_audit_event where event_type = 'call'",
				Integer.class);
		return (count != null) ? count : 0;
	}

	/**
	 * Return how many events are on record as lost.
	 */
	private static long told(JdbcTemplate jdbc) {
		return jdbc
			.queryForList("select record_text from mcp_remote_audit_event where event_type = 'loss'", String.class)
			.stream()
			.mapToLong((text) -> Long.parseLong(text.replaceFirst(".*\"count\":\"([0-9]+)\".*", "$1")))
			.sum();
	}

	private static long lost(AuditTrail trail) {
		return trail.states().stream().mapToLong(AuditTrail.State::lost).sum();
	}

	private static int waiting(RunningServer server) {
		return server.context().getBean(AuditTrail.class).states().stream().mapToInt(AuditTrail.State::waiting).sum();
	}

	private static void call(RunningServer server, int times) {
		Concurrently.run(THREADS, (thread) -> {
			for (int i = 0; i < times; i++) {
				assertThat(server.modern(ModernRequest.callTool("greet", Map.of())).statusCode()).isEqualTo(200);
			}
		});
	}

	private static RunningServer start(String overflow, String... more) {
		List<String> properties = new ArrayList<>(List.of("mcp.remote.audit.jdbc.enabled=true",
				"mcp.remote.audit.jdbc.initialize-schema=always", "mcp.remote.audit.logger.enabled=false",
				"mcp.remote.audit.queue-size=" + QUEUE, "mcp.remote.audit.overflow=" + overflow,
				"mcp.remote.audit.max-wait=20s", "mcp.remote.audit.ledger.keys[0].id=k1",
				"mcp.remote.audit.ledger.keys[0].secret=" + Base64.getEncoder().encodeToString(new byte[32])));
		properties.addAll(List.of(more));
		return RunningServer.start(properties, Tools.class, FragileDatabase.class);
	}

	static class Tools {

		@McpTool(name = "greet", description = "Greets")
		String greet() {
			return "hello";
		}

	}

	/**
	 * A database that is down or hangs when it is told to.
	 */
	static class FragileDatabase extends DelegatingDataSource {

		volatile boolean down;

		private final AtomicInteger waiting = new AtomicInteger();

		private volatile CountDownLatch latch = new CountDownLatch(0);

		FragileDatabase() {
			super(source());
		}

		private static DataSource source() {
			return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
		}

		void hang() {
			this.latch = new CountDownLatch(1);
		}

		/**
		 * Return how many threads wait for a connection.
		 */
		int waiting() {
			return this.waiting.get();
		}

		void goOn() {
			this.latch.countDown();
		}

		/**
		 * Like a socket, which nobody can interrupt.
		 */
		@Override
		public Connection getConnection() throws SQLException {
			CountDownLatch answer = this.latch;
			boolean interrupted = false;
			this.waiting.incrementAndGet();
			while (answer.getCount() > 0) {
				interrupted |= Thread.interrupted();
				LockSupport.parkNanos(5_000_000);
			}
			this.waiting.decrementAndGet();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
			if (this.down) {
				throw new SQLException("The database is down");
			}
			return super.getConnection();
		}

	}

}
