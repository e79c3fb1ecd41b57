// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.mcp.AsyncMcpToolCallback;
import org.springframework.ai.mcp.AsyncMcpToolCallbackProvider;
import org.springframework.ai.mcp.SyncMcpToolCallback;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;
import org.springframework.ai.mcp.server.common.autoconfigure.ToolCallbackConverterAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerProperties;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Spring AI's tool specifications of tool callbacks, except that what a callback throws
 * comes through as it is.
 */
final class RawToolCallbacks extends ToolCallbackConverterAutoConfiguration {

	@Override
	public List<SyncToolSpecification> syncTools(ObjectProvider<List<ToolCallback>> lists, List<ToolCallback> callbacks,
			ObjectProvider<List<ToolCallbackProvider>> providerLists, ObjectProvider<ToolCallbackProvider> providers,
			McpServerProperties properties) {
		Raw raw = new Raw(properties.isExposeMcpClientTools());
		return super.syncTools(raw.each(lists, raw::callbacks), raw.callbacks(callbacks),
				raw.each(providerLists, raw::providers), raw.each(providers, raw::provider), properties)
			.stream()
			.map(RawToolCallbacks::throwing)
			.toList();
	}

	@Override
	public List<AsyncToolSpecification> asyncTools(ObjectProvider<List<ToolCallback>> lists,
			List<ToolCallback> callbacks, ObjectProvider<List<ToolCallbackProvider>> providerLists,
			ObjectProvider<ToolCallbackProvider> providers, McpServerProperties properties) {
		Raw raw = new Raw(properties.isExposeMcpClientTools());
		return super.asyncTools(raw.each(lists, raw::callbacks), raw.callbacks(callbacks),
				raw.each(providerLists, raw::providers), raw.each(providers, raw::provider), properties)
			.stream()
			.map(RawToolCallbacks::throwing)
			.toList();
	}

	private static SyncToolSpecification throwing(SyncToolSpecification made) {
		return new SyncToolSpecification(made.tool(), (exchange, request) -> {
			try {
				return made.callHandler().apply(exchange, request);
			}
			catch (Thrown ex) {
				throw ex.exception();
			}
		});
	}

	private static AsyncToolSpecification throwing(AsyncToolSpecification made) {
		return new AsyncToolSpecification(made.tool(), (exchange,
				request) -> made.callHandler().apply(exchange, request).onErrorMap(Thrown.class, Thrown::exception));
	}

	/**
	 * Makes callbacks throw what Spring AI lets through.
	 *
	 * @param remote whether tools of other servers are offered, by which Spring AI must
	 * know them otherwise
	 */
	private record Raw(boolean remote) {

		<T> ObjectProvider<T> each(ObjectProvider<T> beans, UnaryOperator<T> change) {
			return new ObjectProvider<>() {

				@Override
				public Stream<T> stream() {
					return beans.stream().map(change);
				}

			};
		}

		List<ToolCallback> callbacks(List<ToolCallback> all) {
			return all.stream().map(this::callback).toList();
		}

		List<ToolCallbackProvider> providers(List<ToolCallbackProvider> all) {
			return all.stream().map(this::provider).toList();
		}

		ToolCallbackProvider provider(ToolCallbackProvider provider) {
			boolean ofOthers = provider instanceof SyncMcpToolCallbackProvider
					|| provider instanceof AsyncMcpToolCallbackProvider;
			return (ofOthers && !this.remote) ? provider
					: () -> Stream.of(provider.getToolCallbacks()).map(this::callback).toArray(ToolCallback[]::new);
		}

		private ToolCallback callback(ToolCallback callback) {
			boolean ofOthers = callback instanceof SyncMcpToolCallback || callback instanceof AsyncMcpToolCallback;
			return (ofOthers && !this.remote) ? callback : new RawToolCallback(callback);
		}

	}

	private record RawToolCallback(ToolCallback callback) implements ToolCallback {

		@Override
		public ToolDefinition getToolDefinition() {
			return this.callback.getToolDefinition();
		}

		@Override
		public ToolMetadata getToolMetadata() {
			return this.callback.getToolMetadata();
		}

		@Override
		public String call(String input) {
			return this.callback.call(input);
		}

		@Override
		@SuppressWarnings("NullAway") // May be null, and is the callback's to judge
		public String call(String input, ToolContext context) {
			try {
				return this.callback.call(input, context);
			}
			catch (Exception ex) {
				throw new Thrown(ex);
			}
		}

	}

	/**
	 * Carries an exception past Spring AI, which makes a result with its message of every
	 * exception, but not of an error.
	 */
	private static final class Thrown extends Error {

		private static final long serialVersionUID = 1L;

		Thrown(Exception exception) {
			super(null, exception, false, false);
		}

		RuntimeException exception() {
			// Not all languages declare what is thrown
			return (getCause() instanceof RuntimeException exception) ? exception
					: new UndeclaredThrowableException(getCause());
		}

	}

}
