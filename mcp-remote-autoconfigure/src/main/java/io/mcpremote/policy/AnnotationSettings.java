// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads settings of annotations, in which what is not mentioned is empty.
 */
final class AnnotationSettings {

	private AnnotationSettings() {
	}

	static PolicySettings read(ToolPolicy annotation) {
		return new PolicySettings((annotation.access().length > 0) ? annotation.access()[0] : null,
				list(annotation.scopes()), list(annotation.roles()), text(annotation.rateLimit()),
				(annotation.cost().length > 0) ? annotation.cost()[0] : null);
	}

	private static @Nullable List<String> list(String[] values) {
		return (values.length > 0) ? List.of(values) : null;
	}

	private static @Nullable String text(String value) {
		return (value.isEmpty()) ? null : value;
	}

}
