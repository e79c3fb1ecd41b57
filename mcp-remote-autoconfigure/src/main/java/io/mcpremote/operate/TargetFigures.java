// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;

import io.mcpremote.call.TargetKind;

/**
 * What has become of the calls of one tool, prompt or resource.
 *
 * @param kind what kind of thing it is
 * @param name its name, or the URI or template of a resource
 * @param calls how many calls there were since this replica started, refused ones
 * included
 * @param failures how many of them have failed
 * @param refusals how many of them were refused
 * @param recentCalls how many were let through in the last five minutes
 * @param p50Millis how long half of those took at most, in milliseconds
 * @param p95Millis how long 95 of 100 of those took at most, in milliseconds
 * @param history the same by time, oldest first
 * @since 0.1.0
 */
public record TargetFigures(TargetKind kind, String name, long calls, long failures, long refusals, long recentCalls,
		double p50Millis, double p95Millis, List<Interval> history) {

	/**
	 * What has become of calls in a quarter of a minute.
	 *
	 * @param calls how many were let through
	 * @param p50Millis how long half of those took at most, in milliseconds
	 * @param p95Millis how long 95 of 100 of those took at most, in milliseconds
	 */
	public record Interval(long calls, double p50Millis, double p95Millis) {

	}

}
