// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Refuses values of properties with which the endpoint could not work.
 */
final class PropertyChecks {

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	private static final int MAX_DEPTH = 500;

	private static final DataSize MAX_BODY = DataSize.ofMegabytes(64);

	private PropertyChecks() {
	}

	static void check(McpRemoteProperties properties) {
		if (properties.publicUrl() != null) {
			checkPublicUrl(properties.publicUrl());
		}
		McpRemoteProperties.Message message = properties.message();
		if (message.maxSize().toBytes() < 1024 || message.maxSize().compareTo(MAX_BODY) > 0) {
			throw invalid("message.max-size", message.maxSize(), "It must be between 1KB and 64MB.");
		}
		if (message.maxDepth() < 1 || message.maxDepth() > MAX_DEPTH) {
			throw invalid("message.max-depth", message.maxDepth(), "It must be between 1 and " + MAX_DEPTH + ".");
		}
		positive("message.max-string-length", message.maxStringLength());
		positive("message.max-array-length", message.maxArrayLength());
		positive("message.max-batch-size", message.maxBatchSize());
		positive("list.page-size", properties.list().pageSize());
		if (properties.list().timeToLive().isNegative()) {
			throw invalid("list.time-to-live", properties.list().timeToLive(), "It must not be negative.");
		}
		McpRemoteProperties.Stream stream = properties.stream();
		positive("stream.long-call-after", stream.longCallAfter());
		positive("stream.call-heartbeat", stream.callHeartbeat());
		positive("stream.keep-alive", stream.keepAlive());
		positive("stream.max-open", stream.maxOpen());
		positive("stream.max-open-per-caller", stream.maxOpenPerCaller());
		positive("request-state.time-to-live", properties.requestState().timeToLive());
	}

	/**
	 * Without sessions nothing else reads their properties, and whoever requires them
	 * would be given none.
	 */
	static void checkSessions(Environment environment) {
		Binder binder = Binder.get(environment);
		if (binder.bind("mcp.remote.sessions.required", Boolean.class).orElse(false)
				&& !binder.bind("mcp.remote.sessions.enabled", Boolean.class).orElse(false)) {
			throw invalid("sessions.required", true,
					"Sessions cannot be required while mcp.remote.sessions.enabled is false.");
		}
	}

	private static void checkPublicUrl(URI url) {
		String scheme = String.valueOf(url.getScheme());
		boolean web = ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme)) && url.getHost() != null;
		if (!web || url.getRawQuery() != null || url.getRawFragment() != null) {
			throw invalid("public-url", url,
					"It must be the full URL of the endpoint, such as https://mcp.example.com/mcp.");
		}
		if ("http".equalsIgnoreCase(scheme) && !LOOPBACK.contains(url.getHost())) {
			throw invalid("public-url", url, "It must be https unless it is on the loopback interface.");
		}
	}

	private static void positive(String name, int value) {
		if (value < 1) {
			throw invalid(name, value, "It must be at least 1.");
		}
	}

	private static void positive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw invalid(name, value, "It must be longer than zero.");
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value,
			String reason) {
		return new InvalidConfigurationPropertyValueException("mcp.remote." + name, value, reason);
	}

}
