// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What is on the dashboard.
 */
@Configuration(proxyBeanMethods = false)
class SummarySources {

	@Bean
	SummarySource projectCount(Projects projects) {
		return source("projects", (tenant) -> projects.findAll(tenant).size());
	}

	@Bean
	SummarySource totalBudget(Projects projects) {
		return source("budget", projects::totalBudget);
	}

	@Bean
	SummarySource contactCount(Contacts contacts) {
		return source("contacts", contacts::count);
	}

	private static SummarySource source(String name, Function<@Nullable String, Object> figure) {
		return new SummarySource() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public Object figure(@Nullable String tenant) {
				return figure.apply(tenant);
			}

		};
	}

}
