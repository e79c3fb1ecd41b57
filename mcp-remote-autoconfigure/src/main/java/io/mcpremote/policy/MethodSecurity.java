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

	private static final List<String> DENYING = List.of("org.springframework.security.access.prepost.PreAuthorize",
			"org.springframework.security.access.prepost.PostAuthorize",
			"org.springframework.security.access.annotation.Secured", "jakarta.annotation.security.RolesAllowed",
			"jakarta.annotation.security.DenyAll");

	/**
	 * Deny nothing, and decide for every caller what goes in or comes out.
	 */
	private static final List<String> FILTERING = List.of("org.springframework.security.access.prepost.PreFilter",
			"org.springframework.security.access.prepost.PostFilter",
			"org.springframework.security.authorization.method.AuthorizeReturnObject");

	private MethodSecurity() {
	}

	/**
	 * Return whether a method has rules of its own by which it can be denied.
	 * @param method the method
	 * @param type the class it is called on
	 * @return whether one of the annotations is on either
	 */
	public static boolean isOn(Method method, Class<?> type) {
		return isAnyOn(DENYING, method, type);
	}

	/**
	 * Return whether it depends on the caller what a method does, be it by rules that
	 * deny or by rules that leave out some of what goes in or comes out.
	 * @param method the method
	 * @param type the class it is called on
	 * @return whether one of the annotations is on either
	 */
	static boolean dependsOnCaller(Method method, Class<?> type) {
		return isAnyOn(DENYING, method, type) || isAnyOn(FILTERING, method, type);
	}

	private static boolean isAnyOn(List<String> annotations, Method method, Class<?> type) {
		MergedAnnotations own = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
		MergedAnnotations ofType = MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY);
		return annotations.stream().anyMatch((name) -> own.isPresent(name) || ofType.isPresent(name));
	}

}
