// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.mcpremote.audit.McpRemoteAuditProperties.Mode;
import io.mcpremote.audit.McpRemoteAuditProperties.Overflow;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.policy.TestPolicies;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.Needed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the thread of a call allocates for the record does not depend on how many sinks
 * there are.
 */
class AuditAllocationTests {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/**
	 * So many that the smallest object for each, of 16 bytes, would be four times what is
	 * allowed.
	 */
	private static final int MANY = 64;

	private static final long ALLOWED = 256;

	private static final int WARM_UP = 5_000;

	private static final int CALLS = 2_000;

	private final MutableClock clock = new MutableClock();

	private final List<AuditTrail> trails = new ArrayList<>();

	@AfterEach
	void stop() {
		this.trails.forEach(AuditTrail::destroy);
	}

	@Test
	void guardWhenThereAreMoreSinksThenTheCallAllocatesNoMore() {
		Needed.isTrue("a JVM that counts what threads allocate",
				THREADS.isThreadAllocatedMemorySupported() && THREADS.isThreadAllocatedMemoryEnabled());
		List<CallPipeline> pipelines = IntStream.of(0, 1, 4, MANY).mapToObj(this::pipeline).toList();
		long[][] bytes = new long[pipelines.size()][CALLS];
		// In turn, so that all of them meet the same compiled code
		for (int i = -WARM_UP; i < CALLS; i++) {
			for (int j = 0; j < bytes.length; j++) {
				bytes[j][Math.max(0, i)] = allocated(pipelines.get(j));
			}
		}
		List<Long> medians = Arrays.stream(bytes)
			.map((each) -> Arrays.stream(each).sorted().toArray()[CALLS / 2])
			.toList();
		assertThat(medians).as("bytes with 0, 1, 4 and %d sinks", MANY)
			.allSatisfy((median) -> assertThat(median).isBetween(1L, medians.get(0) + ALLOWED));
		assertThat(this.trails)
			.allSatisfy((trail) -> assertThat(trail.states()).allMatch((state) -> state.lost() == 0));
	}

	private static long allocated(CallPipeline pipeline) {
		TestContext context = new TestContext();
		long before = THREADS.getCurrentThreadAllocatedBytes();
		pipeline.run(TestCalls.tool(), context);
		return THREADS.getCurrentThreadAllocatedBytes() - before;
	}

	private CallPipeline pipeline(int sinks) {
		McpRemoteAuditProperties properties = new McpRemoteAuditProperties(true, Mode.REDACTED, List.of(),
				DataSize.ofKilobytes(4), 10_000, DataSize.ofMegabytes(64), Overflow.DROP, Duration.ofSeconds(20), false,
				Duration.ofSeconds(20), new McpRemoteAuditProperties.Logger(true));
		AuditTrail trail = new AuditTrail(
				IntStream.range(0, sinks).<AuditSink>mapToObj((i) -> new DiscardingSink("sink" + i)).toList(),
				properties, this.clock);
		this.trails.add(trail);
		trail.start();
		CallRecords records = new CallRecords(new Redaction(properties, TestPolicies.of(),
				new AuditGuardTests.NoTools(), List.of(), "1", new LossLog(this.clock)), new TraceIds(null),
				this.clock);
		Result done = new Result("done");
		return new CallPipeline(List.of(new AuditGuard(records, trail), new ActionGuard()), (call, context) -> done);
	}

	private record DiscardingSink(String name) implements AuditSink {

		@Override
		public void append(List<AuditEvent> events) {
			// Nobody reads them
		}

	}

}
