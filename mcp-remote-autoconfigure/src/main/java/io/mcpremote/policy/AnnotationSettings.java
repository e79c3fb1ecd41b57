// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads settings of annotations, in which what is not mentioned is empty.
 */
final class AnnotationSettings {

	private AnnotationSettings() {
	}

	/**
	 * Read an annotation.
	 * @param annotation the annotation
	 * @param source where it is
	 */
	static PolicySettings read(ToolPolicy annotation, String source) {
		return new PolicySettings((annotation.access().length > 0) ? annotation.access()[0] : null,
				list(annotation.scopes()), list(annotation.roles()), text(annotation.rateLimit()),
				first(annotation.cost()), duration(annotation.timeout(), "timeout", source),
				first(annotation.interruptible()), first(annotation.maxConcurrency()), cache(annotation, source),
				list(annotation.invalidates()), first(annotation.idempotent()), text(annotation.confirm()),
				deprecated(annotation), list(annotation.sensitive()));
	}

	private static PolicySettings.@Nullable Cache cache(ToolPolicy annotation, String source) {
		if (annotation.cache().length == 0) {
			return null;
		}
		ToolPolicy.Cache cache = annotation.cache()[0];
		return new PolicySettings.Cache(duration(cache.timeToLive(), "cache", source), cache.scope(), cache.forced());
	}

	private static PolicySettings.@Nullable Deprecated deprecated(ToolPolicy annotation) {
		if (annotation.deprecated().length == 0) {
			return null;
		}
		Deprecation deprecated = annotation.deprecated()[0];
		return new PolicySettings.Deprecated(deprecated.since(), deprecated.removal(), deprecated.replacedBy());
	}

	private static @Nullable Duration duration(String text, String key, String source) {
		if (text.isEmpty()) {
			return null;
		}
		Duration duration = Durations.parse(text);
		if (duration == null) {
			throw new InvalidPolicyException(source + ": '" + text + "' in " + key + " is not a duration.",
					"Write number and unit, such as 500ms, 30s or 5m.");
		}
		return duration;
	}

	private static @Nullable List<String> list(String[] values) {
		return (values.length > 0) ? List.of(values) : null;
	}

	private static @Nullable Integer first(int[] values) {
		return (values.length > 0) ? values[0] : null;
	}

	private static @Nullable Boolean first(boolean[] values) {
		return (values.length > 0) ? values[0] : null;
	}

	private static @Nullable String text(String value) {
		return (value.isEmpty()) ? null : value;
	}

}
