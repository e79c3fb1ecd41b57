// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.function.Supplier;

import io.mcpremote.call.StartupException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Refuses what cannot be meant, and says so if something that is configured has no
 * effect.
 */
final class ResiliencePropertyChecks {

	private static final Log logger = LogFactory.getLog(ResiliencePropertyChecks.class);

	private ResiliencePropertyChecks() {
	}

	static void check(McpRemoteConcurrencyProperties properties) {
		if (properties.perUser() < 0) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.concurrency.per-user",
					properties.perUser(), "It must be at least 1, or 0 for any number of calls.");
		}
	}

	/**
	 * Have the fault of a setting say where it is.
	 */
	static <T> T checked(String source, Supplier<T> work) {
		try {
			return work.get();
		}
		catch (RuntimeException ex) {
			throw new StartupException(source + " cannot be used: " + ex.getMessage(),
					"Correct the values under " + source + ", or what its base-config names.", ex);
		}
	}

	/**
	 * Say so if somebody counts on breakers, and the library they need is not there.
	 */
	static void warnOfMissingBreakers(Environment environment) {
		Binder binder = Binder.get(environment);
		boolean wanted = binder.bind("mcp.remote.breaker.enabled", Boolean.class).orElse(false);
		if (wanted || isConfigured(binder, "resilience4j.circuitbreaker.instances")) {
			logger.warn("There are no breakers, although they are configured. Add the dependencies"
					+ " io.github.resilience4j:resilience4j-circuitbreaker and resilience4j-framework-common, or set"
					+ " mcp.remote.breaker.enabled=false.");
		}
	}

	/**
	 * Say so if somebody counts on bulkheads, and the library they need is not there.
	 */
	static void warnOfMissingBulkheads(Environment environment) {
		if (isConfigured(Binder.get(environment), "resilience4j.bulkhead.instances")) {
			logger.warn("The bulkheads under resilience4j.bulkhead.instances have no effect on tools. Add the"
					+ " dependencies io.github.resilience4j:resilience4j-bulkhead and resilience4j-framework-common.");
		}
	}

	private static boolean isConfigured(Binder binder, String section) {
		return binder.bind(section, Bindable.mapOf(String.class, Object.class)).isBound();
	}

}
