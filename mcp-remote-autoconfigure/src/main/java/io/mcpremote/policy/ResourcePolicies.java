// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The policies of resources. Annotations belong to an entry of a list; what is configured
 * may be about less or more than that, and the most specific of it applies.
 */
final class ResourcePolicies {

	private final Map<String, PolicySettings> annotated;

	private final Map<String, PolicySettings> configured;

	private final List<Configured> patterns;

	ResourcePolicies(Map<String, PolicySettings> annotated, Map<String, PolicySettings> configured) {
		this.annotated = Map.copyOf(annotated);
		this.configured = Map.copyOf(configured);
		this.patterns = configured.entrySet().stream().map(Configured::of).sorted(Configured.MOST_SPECIFIC).toList();
	}

	Policy of(String uri, String entry) {
		PolicySettings above = configured(uri, entry);
		Policy policy = annotated(entry);
		return (above != null) ? above.over(policy) : policy;
	}

	/**
	 * Return the policies that resources of a template can have.
	 */
	Set<Policy> all(String template) {
		Set<Policy> found = new LinkedHashSet<>();
		found.add(of(template, template));
		UriPattern pattern = UriPattern.ofTemplate(template);
		for (Configured candidate : this.patterns) {
			if (candidate.isAbout(template)) {
				// Stands above everything that is less specific
				break;
			}
			if (!candidate.template() && candidate.pattern().overlaps(pattern)) {
				found.add(candidate.settings().over(annotated(template)));
			}
		}
		return Collections.unmodifiableSet(found);
	}

	private Policy annotated(String entry) {
		PolicySettings annotation = this.annotated.get(entry);
		return (annotation != null) ? annotation.over(Policy.DEFAULT) : Policy.DEFAULT;
	}

	/**
	 * Return the policies that there can be: of every annotated entry, and of what is
	 * configured with nothing below it.
	 */
	List<Policy> all() {
		return Stream
			.concat(this.annotated.keySet().stream().map((entry) -> of(entry, entry)),
					this.configured.values().stream().map((settings) -> settings.over(Policy.DEFAULT)))
			.toList();
	}

	/**
	 * Return what is configured, by what it is configured for, with the annotation of
	 * that very entry below it if there is one.
	 */
	Map<String, Policy> configured() {
		Map<String, Policy> found = new TreeMap<>();
		this.configured.forEach((key, settings) -> found.put(key, settings.over(annotated(key))));
		return Collections.unmodifiableMap(found);
	}

	private @Nullable PolicySettings configured(String uri, String entry) {
		PolicySettings exact = this.configured.get(uri);
		if (exact != null) {
			return exact;
		}
		for (Configured candidate : this.patterns) {
			if (candidate.appliesTo(uri, entry)) {
				return candidate.settings();
			}
		}
		return null;
	}

	/**
	 * What is configured for a URI, a template, or a pattern.
	 *
	 * @param pattern knows what it applies to
	 * @param template whether that is the template that it names
	 * @param settings what applies
	 */
	private record Configured(UriPattern pattern, boolean template, PolicySettings settings) {

		static final Comparator<Configured> MOST_SPECIFIC = Comparator
			.<Configured>comparingInt((configured) -> configured.pattern().literals())
			.reversed()
			.thenComparing((configured) -> configured.pattern().toString());

		static Configured of(Map.Entry<String, PolicySettings> entry) {
			boolean template = entry.getKey().indexOf('{') >= 0;
			UriPattern pattern = (template) ? UriPattern.ofTemplate(entry.getKey()) : UriPattern.of(entry.getKey());
			return new Configured(pattern, template, entry.getValue());
		}

		boolean appliesTo(String uri, String entry) {
			return (this.template) ? isAbout(entry) : this.pattern.matches(uri);
		}

		boolean isAbout(String entry) {
			return this.template && this.pattern.toString().equals(entry);
		}

	}

}
