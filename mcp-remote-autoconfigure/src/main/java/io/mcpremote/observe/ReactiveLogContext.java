// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Lets log lines of reactive tools say which call they belong to on whichever thread they
 * are written, where Reactor hands contexts on to threads.
 */
final class ReactiveLogContext implements ThreadLocalAccessor<@Nullable String[]>, InitializingBean, DisposableBean {

	private final ContextRegistry registry;

	private final LogContext log;

	ReactiveLogContext(ContextRegistry registry, LogContext log) {
		this.registry = registry;
		this.log = log;
	}

	@Override
	public void afterPropertiesSet() {
		this.registry.registerThreadLocalAccessor(this);
	}

	@Override
	public void destroy() {
		this.registry.removeThreadLocalAccessor(LogContextGuard.KEY);
	}

	@Override
	public Object key() {
		return LogContextGuard.KEY;
	}

	@Override
	public @Nullable String @Nullable [] getValue() {
		@Nullable String[] current = this.log.current();
		for (String value : current) {
			if (value != null) {
				return current;
			}
		}
		return null;
	}

	@Override
	public void setValue(@Nullable String[] value) {
		this.log.set(value);
	}

	@Override
	public void setValue() {
		this.log.clear();
	}

}
