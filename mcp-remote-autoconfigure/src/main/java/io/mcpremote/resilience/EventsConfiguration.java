// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has events published by a thread that keeps nobody waiting.
 */
@Configuration(proxyBeanMethods = false)
class EventsConfiguration {

	@Bean
	QueuedEvents mcpRemoteQueuedEvents(ApplicationEventPublisher events) {
		return new QueuedEvents(events);
	}

}
