// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
		List<Configured> all = new ArrayList<>();
		for (Map.Entry<String, PolicySettings> entry : configured.entrySet()) {
			all.add(Configured.of(entry));
		}
		Collections.sort(all);
		this.patterns = List.copyOf(all);
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
		List<Policy> all = new ArrayList<>();
		for (String entry : this.annotated.keySet()) {
			all.add(of(entry, entry));
		}
		for (PolicySettings settings : this.configured.values()) {
			all.add(settings.over(Policy.DEFAULT));
		}
		return all;
	}

	/**
	 * Return what is configured, by what it is configured for, with the annotation of
	 * that very entry below it if there is one.
	 */
	Map<String, Policy> configured() {
		Map<String, Policy> found = new TreeMap<>();
		for (Map.Entry<String, PolicySettings> entry : this.configured.entrySet()) {
			found.put(entry.getKey(), entry.getValue().over(annotated(entry.getKey())));
		}
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
	private record Configured(UriPattern pattern, boolean template,
			PolicySettings settings) implements Comparable<Configured> {

		static Configured of(Map.Entry<String, PolicySettings> entry) {
			boolean template = entry.getKey().indexOf('{') >= 0;
			UriPattern pattern = (template) ? UriPattern.ofTemplate(entry.getKey()) : UriPattern.of(entry.getKey());
			return new Configured(pattern, template, entry.getValue());
		}

		/**
		 * The most specific ones come first.
		 */
		@Override
		public int compareTo(Configured other) {
			int literals = Integer.compare(other.pattern.literals(), this.pattern.literals());
			return (literals != 0) ? literals : this.pattern.toString().compareTo(other.pattern.toString());
		}

		boolean appliesTo(String uri, String entry) {
			return (this.template) ? isAbout(entry) : this.pattern.matches(uri);
		}

		boolean isAbout(String entry) {
			return this.template && this.pattern.toString().equals(entry);
		}

	}

}
