// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.lang.reflect.Method;
import java.util.List;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Knows the annotations with which methods are secured apart from policies.
 *
 * @since 0.1.0
 */
public final class MethodSecurity {

	private static final List<String> ANNOTATIONS = List.of("org.springframework.security.access.prepost.PreAuthorize",
			"org.springframework.security.access.prepost.PostAuthorize",
			"org.springframework.security.access.annotation.Secured", "jakarta.annotation.security.RolesAllowed",
			"jakarta.annotation.security.DenyAll");

	private MethodSecurity() {
	}

	/**
	 * Return whether a method has rules of its own.
	 * @param method the method
	 * @param type the class it is called on
	 * @return whether one of the annotations is on either
	 */
	public static boolean isOn(Method method, Class<?> type) {
		MergedAnnotations own = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
		MergedAnnotations ofType = MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY);
		return ANNOTATIONS.stream().anyMatch((name) -> own.isPresent(name) || ofType.isPresent(name));
	}

}
