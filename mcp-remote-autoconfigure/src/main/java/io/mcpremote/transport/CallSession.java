// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Map;
import java.util.concurrent.CompletionException;

import io.mcpremote.call.InputRequest;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpLoggableSession;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The SDK's view of the way from a call back to its client.
 */
final class CallSession implements McpLoggableSession {

	private final RunningCall running;

	CallSession(RunningCall running) {
		this.running = running;
	}

	@Override
	public <T> Mono<T> sendRequest(String method, Object params, TypeRef<T> type) {
		return Mono.defer(() -> {
			ClientChannel channel = this.running.channel();
			String key = channel.nextKey(method);
			Object sent = (params != null) ? params : Map.of();
			return Mono.fromFuture(this.running.questions().send(Map.of(key, new InputRequest(method, sent))))
				// Neither the request that brings the answer nor the JVM's timer is there
				// to
				// go on with the application's work
				.transform((answers) -> (channel.canWait()) ? answers.publishOn(Schedulers.boundedElastic()) : answers)
				.onErrorMap(CompletionException.class, (ex) -> (ex.getCause() != null) ? ex.getCause() : ex)
				.map((answers) -> this.running.mapper().convertValue(answers.getOrDefault(key, Map.of()), type));
		});
	}

	@Override
	public Mono<Void> sendNotification(String method, Object params) {
		return Mono.fromRunnable(() -> {
			if (!(params instanceof ProgressNotification progress) || isExpected(progress)) {
				this.running.stream().notify(method, params);
			}
		});
	}

	@Override
	public boolean isNotificationForLevelAllowed(LoggingLevel level) {
		return this.running.channel().isLogged(level);
	}

	@Override
	public void setMinLoggingLevel(LoggingLevel level) {
		// The level belongs to the session or the request, which hold it themselves
	}

	@Override
	public Mono<Void> closeGracefully() {
		return Mono.empty();
	}

	@Override
	public void close() {
		// Ends with the call
	}

	/**
	 * Return whether the client asked for progress, and under this token; others mean
	 * nothing to it.
	 */
	private boolean isExpected(ProgressNotification progress) {
		@Nullable Object token = this.running.call().progressToken();
		return token != null && token.toString().equals(String.valueOf(progress.progressToken()));
	}

}
