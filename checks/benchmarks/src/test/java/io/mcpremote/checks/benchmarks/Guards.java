// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.benchmarks;

import java.util.EnumSet;
import java.util.Set;

import io.mcpremote.call.CallStage;

/**
 * Guards that are measured together.
 */
public enum Guards {

	/**
	 * A pipeline without guards, which all others are compared with.
	 */
	NONE("echo"),

	/**
	 * The record of calls, as far as the thread of a call has to do with it, with one
	 * sink.
	 */
	AUDIT("echo", 1, CallStage.AUDIT, CallStage.RECORD),

	/**
	 * The same with more sinks, which is to cost that thread no more.
	 */
	AUDIT_FOUR_SINKS("echo", 4, CallStage.AUDIT, CallStage.RECORD),

	/**
	 * Limits of the caller and of the tool, in memory.
	 */
	LIMITS("limited", CallStage.CALLER_LIMIT, CallStage.TOOL_LIMIT),

	/**
	 * Arguments held to the schema.
	 */
	VALIDATION("echo", CallStage.VALIDATE),

	/**
	 * The deadline, without what the transport does for it.
	 */
	DEADLINE("echo", CallStage.DEADLINE),

	/**
	 * Bounds on what runs at once, and a breaker.
	 */
	PROTECTION("echo", CallStage.BULKHEAD, CallStage.BREAKER),

	/**
	 * Bounds and characters of results.
	 */
	OUTPUT("echo", CallStage.OUTPUT),

	/**
	 * Metrics, and what log lines say of the call; without a tracer.
	 */
	OBSERVATION("echo", CallStage.OBSERVE),

	/**
	 * What most tools do without, which has to be found out on each call.
	 */
	UNUSED("echo", CallStage.SUNSET, CallStage.IDEMPOTENCY, CallStage.CACHE, CallStage.CONFIRM),

	/**
	 * A result that is remembered.
	 */
	CACHE_HIT("remembered", CallStage.CACHE);

	private final String tool;

	private final int sinks;

	private final Set<CallStage> stages;

	Guards(String tool, CallStage... stages) {
		this(tool, 0, stages);
	}

	Guards(String tool, int sinks, CallStage... stages) {
		this.tool = tool;
		this.sinks = sinks;
		this.stages = EnumSet.noneOf(CallStage.class);
		this.stages.addAll(Set.of(stages));
	}

	/**
	 * Return the tool whose policy makes the guards do their work.
	 */
	String tool() {
		return this.tool;
	}

	/**
	 * Return how many sinks the record has.
	 */
	int sinks() {
		return this.sinks;
	}

	Set<CallStage> stages() {
		return this.stages;
	}

}
