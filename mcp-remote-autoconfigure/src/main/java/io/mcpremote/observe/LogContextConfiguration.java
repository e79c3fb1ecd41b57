// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.mcpremote.call.Catalog;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * What log lines say of calls.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MDC.class)
class LogContextConfiguration {

	@Bean
	LogContext mcpRemoteLogContext(McpRemoteObserveProperties properties, Catalog catalog) {
		return new LogContext(properties.logKeys(), new ToolNames(catalog, System::nanoTime));
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	LogContextGuard mcpRemoteLogContextGuard(LogContext log) {
		return new LogContextGuard(log);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ThreadLocalAccessor.class)
	static class ReactiveConfiguration {

		@Bean
		ReactiveLogContext mcpRemoteReactiveLogContext(LogContext log) {
			return new ReactiveLogContext(ContextRegistry.getInstance(), log);
		}

	}

}
