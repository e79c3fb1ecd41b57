// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Function;

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
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Makes sure that there is a guard for whatever policies ask for: an auto-configuration
 * that is excluded, or lacks its library, must not leave anything open that somebody has
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
		Set<CallStage> unguarded = EnumSet.allOf(CallStage.class);
		for (CallGuard guard : this.pipeline.guards()) {
			unguarded.remove(guard.stage());
		}
		for (CallStage stage : unguarded) {
			Need need = need(stage);
			if (need != null) {
				check(stage, need);
			}
		}
	}

	/**
	 * Return what a guard at a stage enforces.
	 */
	private static @Nullable Need need(CallStage stage) {
		return switch (stage) {
			case SUNSET -> new Need("deprecated", "lifecycle");
			case TOOL_LIMIT -> new Need("rate-limit", "rate-limit");
			case IDEMPOTENCY -> new Need("idempotent", "idempotency");
			case CACHE -> new Need("cache", "cache");
			case CONFIRM -> new Need("confirm", "confirm");
			case BULKHEAD -> new Need("max-concurrency", "concurrency");
			default -> null;
		};
	}

	private static boolean isNeeded(CallStage stage, Policy policy) {
		return switch (stage) {
			case SUNSET -> policy.sunset() != null;
			case TOOL_LIMIT -> policy.rateLimit() != null;
			case IDEMPOTENCY -> policy.idempotent();
			case CACHE -> policy.cache() != null;
			case CONFIRM -> policy.confirm() != null;
			case BULKHEAD -> policy.maxConcurrency() > 0;
			default -> false;
		};
	}

	private void check(CallStage stage, Need need) {
		String concerned = concerned(stage);
		if (concerned.isEmpty()) {
			return;
		}
		String property = "mcp.remote." + need.feature() + ".enabled";
		if (!this.environment.getProperty(property, Boolean.class, true)) {
			logger.warn(property + " is false: '" + need.key() + "' of the " + concerned + " is not heeded");
			return;
		}
		throw new StartupException(
				"'" + need.key() + "' is set for the " + concerned + ", but nothing enforces it: there is no guard at"
						+ " stage " + stage.name().toLowerCase(Locale.ROOT) + ".",
				"Do not exclude auto-configurations of io.mcpremote, and keep what mcp-remote-starter brings. To do"
						+ " without on purpose, set " + property + " to false.");
	}

	/**
	 * Return for what policies ask for a guard at a stage.
	 */
	private String concerned(CallStage stage) {
		Set<String> resources = new TreeSet<>();
		resources.addAll(names(TargetKind.RESOURCE, stage, (uri) -> this.policies.resource(uri, uri)));
		resources.addAll(names(TargetKind.TEMPLATE, stage, (uri) -> this.policies.resource(uri, uri)));
		// Patterns may be about some of what a template stands for
		this.policies.configuredResources().forEach((pattern, policy) -> {
			if (isNeeded(stage, policy)) {
				resources.add(pattern);
			}
		});
		StringJoiner concerned = new StringJoiner(", ");
		add(concerned, "tools", names(TargetKind.TOOL, stage, this.policies::tool));
		add(concerned, "prompts", names(TargetKind.PROMPT, stage, this.policies::prompt));
		add(concerned, "resources", resources);
		return concerned.toString();
	}

	private List<String> names(TargetKind kind, CallStage stage, Function<String, Policy> policy) {
		return this.catalog.names(kind).stream().filter((name) -> isNeeded(stage, policy.apply(name))).toList();
	}

	private static void add(StringJoiner all, String what, Collection<String> names) {
		if (!names.isEmpty()) {
			all.add(what + " " + names);
		}
	}

	/**
	 * A key of policies that takes a guard.
	 *
	 * @param key the key
	 * @param feature under whose properties the guard is switched off
	 */
	private record Need(String key, String feature) {

	}

}
