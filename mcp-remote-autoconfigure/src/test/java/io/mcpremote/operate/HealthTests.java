// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.mcpremote.audit.ledger.AuditLedger;
import io.mcpremote.audit.ledger.LedgerStatus;
import io.mcpremote.call.CallAbandoned;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import io.mcpremote.call.TestCalls;
import io.mcpremote.security.KeySets;
import io.mcpremote.security.KeySets.KeySet;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors.Entry;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Health says whether to send calls and whether to restart, and asks nobody for it.
 */
class HealthTests {

	private static final ApplicationEventPublisher NOBODY = (event) -> {
	};

	private final WebApplicationContextRunner runner = TestRunners.servlet().withUserConfiguration(Tools.class);

	private final MutableClock clock = new MutableClock();

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final List<KeySet> keys = new ArrayList<>();

	/**
	 * Why the last attempt to write to each ledger failed.
	 */
	private final List<String> failures = new ArrayList<>();

	private int retries;

	@Test
	void whenServedThenUpInBothParts() {
		this.runner.run((context) -> {
			CompositeHealthContributor health = context.getBean("mcpHealthContributor",
					CompositeHealthContributor.class);
			assertThat(part(health, "liveness").getStatus()).isEqualTo(Status.UP);
			assertThat(part(health, "readiness").getStatus()).isEqualTo(Status.UP);
			assertThat(part(health, "readiness").getDetails()).containsEntry("tools", 1);
		});
	}

	@Test
	void whenSwitchedOffThenNone() {
		this.runner.withPropertyValues("management.health.mcp.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("mcpHealthContributor"));
	}

	@Test
	void whenApplicationHasItsOwnThenThatOne() {
		HealthIndicator own = () -> Health.up().build();
		this.runner.withBean("mcpHealthContributor", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context.getBean("mcpHealthContributor")).isSameAs(own));
	}

	@Test
	void whenNoHealthOnTheClassPathThenNone() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("mcpHealthContributor"));
	}

	@Test
	void whenNotServedThenNone() {
		TestRunners.servletWithoutServer()
			.withPropertyValues("mcp.remote.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("mcpHealthContributor"));
	}

	@Test
	void readinessWhenDrainingThenOutOfService() {
		DrainGuard drain = new DrainGuard(NOBODY);
		drain.start();
		ServerReadiness readiness = readiness(drain, 1);
		assertThat(readiness.health().getStatus()).isEqualTo(Status.UP);
		drain.stop();
		assertThat(readiness.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(readiness.health().getDetails().get("reason")).asString().contains("shutting down");
	}

	@Test
	void readinessWhenNothingIsOfferedThenOutOfService() {
		assertThat(readiness(new DrainGuard(NOBODY), 0).health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void readinessWhenWhatAllReplicasShareIsDownThenUpAllTheSame() {
		this.runner.withBean(StoreProbe.class, () -> new Hanging())
			.withBean(KeySets.class, Keys::new)
			.run((context) -> {
				CompositeHealthContributor health = context.getBean("mcpHealthContributor",
						CompositeHealthContributor.class);
				this.keys.add(new KeySet("https://issuer.example", 0, null, true, false));
				assertThat(part(health, "keys").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(part(health, "stores").getStatus()).isEqualTo(Status.UNKNOWN);
				assertThat(part(health, "readiness").getStatus()).isEqualTo(Status.UP);
				assertThat(part(health, "liveness").getStatus()).isEqualTo(Status.UP);
			});
	}

	@Test
	void partsWhenThereIsNothingToShareThenTwo() {
		this.runner.run((context) -> assertThat(
				context.getBean("mcpHealthContributor", CompositeHealthContributor.class).stream().map(Entry::name))
			.containsExactlyInAnyOrder("liveness", "readiness"));
	}

	@Test
	void keysWhenNotReadYetThenUnknownAndRead() {
		this.keys.add(new KeySet("https://issuer.example", 0, null, false, true));
		assertThat(keyHealth().getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(this.retries).isOne();
	}

	@Test
	void keysWhenThoseOfNoIssuerCanBeReadThenOutOfServiceAndTriedAgain() {
		this.keys.add(new KeySet("https://issuer.example", 0, null, true, false));
		Health health = keyHealth();
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails().toString()).contains("https://issuer.example", "failing=true");
		assertThat(this.retries).isOne();
	}

	@Test
	void keysWhenOneIssuerOfTwoIsGoneThenUp() {
		this.keys.add(new KeySet("https://a.example", 0, null, true, false));
		this.keys.add(new KeySet("https://b.example", 2, this.clock.instant(), false, true));
		assertThat(keyHealth().getStatus()).isEqualTo(Status.UP);
		assertThat(this.retries).isOne();
	}

	@Test
	void storesWhenOneIsDownThenOutOfServiceWithoutWaitingAndWithoutInternals() {
		Probe probe = new Probe();
		probe.failing = true;
		StoresHealth stores = stores(probe);
		// Nobody knows yet, and nobody waits
		assertThat(stores.health().getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(probe.probed).isZero();
		runTasks();
		// Once may be by chance
		assertThat(stores.health().getStatus()).isEqualTo(Status.UNKNOWN);
		this.clock.advance(Duration.ofSeconds(11));
		stores.health();
		runTasks();
		Health health = stores.health();
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails().toString()).contains("table").doesNotContain("secret", "Exception");
		probe.failing = false;
		this.clock.advance(Duration.ofSeconds(11));
		stores.health();
		runTasks();
		assertThat(stores.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void storesWhenNoLedgerCanBeWrittenToThenOutOfService() {
		this.failures.add("IOException");
		this.failures.add(null);
		StoresHealth stores = stores(new LedgerProbe(List.of(ledger(0), ledger(1))));
		lookTwice(stores);
		assertThat(stores.health().getStatus()).isEqualTo(Status.UP);
		this.failures.set(1, "DataAccessResourceFailureException");
		lookTwice(stores);
		Health health = stores.health();
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails().toString()).contains("audit-ledger").doesNotContain("Exception");
		this.failures.set(0, null);
		lookTwice(stores);
		assertThat(stores.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void storesWhenRecordIsRequiredThenLedgersAmongThem() {
		this.failures.add(null);
		WebApplicationContextRunner recorded = this.runner.withBean(AuditLedger.class, () -> ledger(0));
		recorded.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(StoreProbe.class));
		recorded.withPropertyValues("mcp.remote.audit.required=true").run((context) -> {
			assertThat(context).hasSingleBean(LedgerProbe.class);
			Health stores = part(context.getBean("mcpHealthContributor", CompositeHealthContributor.class), "stores");
			assertThat(stores.getDetails()).containsKey("audit-ledger");
		});
		this.runner.withPropertyValues("mcp.remote.audit.required=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(StoreProbe.class));
	}

	@Test
	void storesWhenAskedOftenThenTriedSeldom() {
		Probe probe = new Probe();
		StoresHealth stores = stores(probe);
		for (int i = 0; i < 100; i++) {
			stores.health();
			runTasks();
		}
		assertThat(probe.probed).isOne();
	}

	@Test
	void storesWhenOneDoesNotAnswerThenOutOfServiceAndTriedOnceMore() {
		StoresHealth stores = stores(new Probe());
		stores.health();
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(stores.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(this.tasks).hasSize(1);
		this.clock.advance(Duration.ofSeconds(30));
		assertThat(stores.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(this.tasks).hasSize(2);
		this.clock.advance(Duration.ofMinutes(6));
		assertThat(stores.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(this.tasks).hasSize(2);
		// The first one hangs for good
		this.tasks.removeLast().run();
		assertThat(stores.health().getStatus()).isEqualTo(Status.UP);
		assertThat(this.tasks).hasSize(2);
		this.tasks.removeLast().run();
		assertThat(stores.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void storesWhenProbeFailsWithAnErrorThenTriedAgain() {
		Probe probe = new Probe();
		probe.error = true;
		StoresHealth stores = stores(probe);
		for (int i = 0; i < 5; i++) {
			stores.health();
			runTasks();
			this.clock.advance(Duration.ofSeconds(11));
		}
		assertThat(probe.probed).isEqualTo(5);
		assertThat(stores.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void storesWhenThereIsNoThreadThenAnswerAllTheSame() {
		StoresHealth stores = new StoresHealth(new ProbedStores(List.of(new Probe()), (task) -> {
			throw new RejectedExecutionException("full");
		}, this.clock));
		assertThat(stores.health().getStatus()).isEqualTo(Status.UNKNOWN);
		this.clock.advance(Duration.ofSeconds(11));
		assertThat(stores.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void storesWhenProbeHangsThenAnsweredAndItsThreadIsInterrupted() throws InterruptedException {
		Hanging probe = new Hanging();
		StoresHealth stores = new StoresHealth(
				new ProbedStores(List.of(probe), (task) -> new Thread(task).start(), this.clock));
		stores.health();
		assertThat(probe.hanging.await(30, TimeUnit.SECONDS)).isTrue();
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(stores.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		this.clock.advance(Duration.ofSeconds(30));
		stores.health();
		assertThat(probe.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void livenessWhenTooManyCallsAreStuckThenDown() {
		this.runner.run((context) -> {
			CompositeHealthContributor health = context.getBean("mcpHealthContributor",
					CompositeHealthContributor.class);
			context.publishEvent(new CallAbandoned(TestCalls.tool(), Duration.ofSeconds(1), 8, 8));
			assertThat(part(health, "liveness").getStatus()).isEqualTo(Status.DOWN);
			assertThat(part(health, "readiness").getStatus()).isEqualTo(Status.UP);
		});
	}

	private static Health part(CompositeHealthContributor health, String name) {
		HealthIndicator part = (HealthIndicator) health.getContributor(name);
		assertThat(part).isNotNull();
		return part.health();
	}

	private static ServerReadiness readiness(DrainGuard drain, int tools) {
		Catalog catalog = mock(Catalog.class);
		given(catalog.names(TargetKind.TOOL)).willReturn((tools > 0) ? List.of("echo") : List.of());
		return new ServerReadiness(drain, catalog);
	}

	private StoresHealth stores(StoreProbe... probes) {
		return new StoresHealth(new ProbedStores(List.of(probes), this.tasks::add, this.clock));
	}

	private Health keyHealth() {
		return new KeysHealth(List.of(new Keys())).health();
	}

	private AuditLedger ledger(int number) {
		AuditLedger ledger = mock(AuditLedger.class);
		given(ledger.status())
			.willAnswer((call) -> new LedgerStatus("ledger" + number, "chain", 3, 1, 1, this.failures.get(number)));
		return ledger;
	}

	private void lookTwice(StoresHealth stores) {
		for (int i = 0; i < 2; i++) {
			this.clock.advance(Duration.ofSeconds(11));
			stores.health();
			runTasks();
		}
	}

	private void runTasks() {
		while (!this.tasks.isEmpty()) {
			this.tasks.remove().run();
		}
	}

	private final class Keys implements KeySets {

		@Override
		public List<KeySet> keySets() {
			return HealthTests.this.keys;
		}

		@Override
		public void retry() {
			HealthTests.this.retries++;
		}

	}

	private static final class Probe implements StoreProbe {

		private boolean failing;

		private boolean error;

		private int probed;

		@Override
		public String name() {
			return "table";
		}

		@Override
		public void probe() {
			this.probed++;
			if (this.failing) {
				throw new IllegalStateException("jdbc:secret");
			}
			if (this.error) {
				throw new NoClassDefFoundError("Driver");
			}
		}

	}

	/**
	 * Waits for an answer that never comes.
	 */
	private static final class Hanging implements StoreProbe {

		private final CountDownLatch hanging = new CountDownLatch(1);

		private final CountDownLatch interrupted = new CountDownLatch(1);

		@Override
		public String name() {
			return "hanging";
		}

		@Override
		public void probe() throws InterruptedException {
			try {
				this.hanging.countDown();
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				this.interrupted.countDown();
				throw ex;
			}
		}

	}

	static class Tools {

		@McpTool(name = "echo", description = "Says it again")
		String echo(String text) {
			return text;
		}

	}

}
