// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;

/**
 * Gives durations of calls the buckets that OpenTelemetry recommends, unless others are
 * configured, so that percentiles can be had of several replicas together.
 */
final class DurationBuckets implements MeterFilter {

	private static final Set<String> NAMES = Set.of(DefaultCallObservationConvention.NAME,
			CallOutcomeMeters.TOOL_DURATION);

	private static final double[] SECONDS = { 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300 };

	private static final DistributionStatisticConfig BUCKETS = DistributionStatisticConfig.builder()
		.serviceLevelObjectives(DoubleStream.of(SECONDS).map((seconds) -> seconds * 1e9).toArray())
		.minimumExpectedValue((double) Duration.ofMillis(1).toNanos())
		.maximumExpectedValue((double) Duration.ofMinutes(5).toNanos())
		.build();

	@Override
	public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
		return (NAMES.contains(id.getName())) ? config.merge(BUCKETS) : config;
	}

	@Override
	public String toString() {
		return "DurationBuckets" + Arrays.toString(SECONDS);
	}

}
