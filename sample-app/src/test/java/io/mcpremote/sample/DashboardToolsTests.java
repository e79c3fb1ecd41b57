// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.ArrayList;
import java.util.List;

import io.mcpremote.transport.CurrentCaller;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DashboardTools}.
 */
class DashboardToolsTests {

	private final CurrentUser user = new CurrentUser(
			new StaticListableBeanFactory().getBeanProvider(CurrentCaller.class), "acme");

	@Test
	void summaryWhenOneSourceFailsThenHasTheOthers() {
		DashboardTools tools = new DashboardTools(List.of(new Source("good", 7), new Source("bad", null)),
				Runnable::run, this.user);
		assertThat(tools.summary()).containsEntry("good", "7 of acme").containsEntry("bad", "not available");
	}

	@Test
	void summaryWhenSourcesAreAskedThenAllAtOnce() {
		List<Runnable> begun = new ArrayList<>();
		DashboardTools tools = new DashboardTools(List.of(new Source("one", 1), new Source("two", 2)), (task) -> {
			begun.add(task);
			if (begun.size() == 2) {
				begun.forEach(Runnable::run);
			}
		}, this.user);
		assertThat(tools.summary()).hasSize(2).doesNotContainValue("not available");
	}

	private record Source(String name, Integer value) implements SummarySource {

		@Override
		public Object figure(String tenant) {
			if (this.value == null) {
				throw new IllegalStateException("Out of order");
			}
			return this.value + " of " + tenant;
		}

	}

}
