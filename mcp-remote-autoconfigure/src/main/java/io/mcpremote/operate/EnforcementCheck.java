// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.StartupException;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.Policy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.env.Environment;

/**
 * Makes sure that there is a guard for whatever policies ask for: an auto-configuration
 * that is excluded, or lacks its library, must not leave a tool open that somebody has
 * bounded. Who switches a guard off is reminded of what it was for.
 */
final class EnforcementCheck {

	private static final Log logger = LogFactory.getLog(EnforcementCheck.class);

	private final CallPipeline pipeline;

	private final Catalog catalog;

	private final Policies policies;

	private final Environment environment;

	EnforcementCheck(CallPipeline pipeline, Catalog catalog, Policies policies, Environment environment) {
		this.pipeline = pipeline;
		this.catalog = catalog;
		this.policies = policies;
		this.environment = environment;
	}

	void run() {
		List<CallStage> guarded = this.pipeline.guards().stream().map(CallGuard::stage).distinct().toList();
		Map<CallStage, Need> needs = needs();
		needs.keySet().removeAll(guarded);
		needs.forEach(this::check);
	}

	private static Map<CallStage, Need> needs() {
		Map<CallStage, Need> needs = new EnumMap<>(CallStage.class);
		needs.put(CallStage.SUNSET, new Need("deprecated", "lifecycle", (policy) -> policy.sunset() != null));
		needs.put(CallStage.TOOL_LIMIT, new Need("rate-limit", "rate-limit", (policy) -> policy.rateLimit() != null));
		needs.put(CallStage.IDEMPOTENCY, new Need("idempotent", "idempotency", Policy::idempotent));
		needs.put(CallStage.CACHE, new Need("cache", "cache", (policy) -> policy.cache() != null));
		needs.put(CallStage.CONFIRM, new Need("confirm", "confirm", (policy) -> policy.confirm() != null));
		needs.put(CallStage.BULKHEAD,
				new Need("max-concurrency", "concurrency", (policy) -> policy.maxConcurrency() > 0));
		return needs;
	}

	private void check(CallStage stage, Need need) {
		List<String> tools = this.catalog.names(TargetKind.TOOL)
			.stream()
			.filter((name) -> need.inUse().test(this.policies.tool(name)))
			.toList();
		if (tools.isEmpty()) {
			return;
		}
		String property = "mcp.remote." + need.feature() + ".enabled";
		if (!this.environment.getProperty(property, Boolean.class, true)) {
			logger.warn(property + " is false: '" + need.key() + "' of the tools " + tools + " is not heeded");
			return;
		}
		throw new StartupException(
				"'" + need.key() + "' is set for the tools " + tools + ", but nothing enforces it: there is no guard at"
						+ " stage " + stage.name().toLowerCase(Locale.ROOT) + ".",
				"Do not exclude auto-configurations of io.mcpremote, and keep what mcp-remote-starter brings. To do"
						+ " without on purpose, set " + property + " to false.");
	}

	/**
	 * A key of policies that takes a guard.
	 *
	 * @param key the key
	 * @param feature under whose properties the guard is switched off
	 * @param inUse whether a policy has the key
	 */
	private record Need(String key, String feature, Predicate<Policy> inUse) {

	}

}
