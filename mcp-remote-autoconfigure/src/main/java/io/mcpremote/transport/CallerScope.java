// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.function.Supplier;

import io.mcpremote.call.Caller;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Remembers per thread who calls while a target runs.
 */
final class CallerScope implements CurrentCaller {

	private final ThreadLocal<@Nullable Caller> current = new ThreadLocal<>();

	@Override
	public Caller get() {
		Caller caller = this.current.get();
		if (caller == null) {
			throw notInCall();
		}
		return caller;
	}

	@Override
	public Mono<Caller> reactive() {
		return Mono.deferContextual((context) -> (context.hasKey(Caller.class)) ? Mono.just(context.get(Caller.class))
				: Mono.error(notInCall()));
	}

	/**
	 * Run something for a caller. A target may itself lead to another call on the same
	 * thread.
	 */
	<T> T run(Caller caller, Supplier<T> target) {
		Caller before = this.current.get();
		this.current.set(caller);
		try {
			return target.get();
		}
		finally {
			if (before != null) {
				this.current.set(before);
			}
			else {
				this.current.remove();
			}
		}
	}

	private static IllegalStateException notInCall() {
		return new IllegalStateException("There is no MCP call here: ask in the thread or the reactive chain of a tool,"
				+ " prompt or resource, and hand the answer on to threads of your own");
	}

}
