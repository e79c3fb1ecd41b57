// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;

import org.jspecify.annotations.Nullable;

/**
 * Finds parameters that somebody has put constraints on. Knows the annotations by their
 * names, since what would enforce them need not be there.
 */
final class ConstrainedParameters {

	private static final String CONSTRAINT = "jakarta.validation.Constraint";

	private static final String VALID = "jakarta.validation.Valid";

	/**
	 * Those that are there, or seen as constraints, without Bean Validation.
	 */
	private static final String OURS = "io.mcpremote.input.";

	private ConstrainedParameters() {
	}

	/**
	 * Return the first parameter of a method that has a constraint, or whose elements
	 * have.
	 * @return the parameter, or {@code null} if there is none
	 */
	static @Nullable Parameter first(Method method) {
		for (Parameter parameter : method.getParameters()) {
			if (isConstrained(parameter) || isConstrained(parameter.getAnnotatedType())) {
				return parameter;
			}
		}
		return null;
	}

	private static boolean isConstrained(AnnotatedType type) {
		if (isConstrained((AnnotatedElement) type)) {
			return true;
		}
		if (type instanceof AnnotatedParameterizedType container) {
			return isAnyConstrained(container.getAnnotatedActualTypeArguments());
		}
		if (type instanceof AnnotatedArrayType array) {
			return isConstrained(array.getAnnotatedGenericComponentType());
		}
		return type instanceof AnnotatedWildcardType wildcard && (isAnyConstrained(wildcard.getAnnotatedUpperBounds())
				|| isAnyConstrained(wildcard.getAnnotatedLowerBounds()));
	}

	private static boolean isAnyConstrained(AnnotatedType[] types) {
		for (AnnotatedType type : types) {
			if (isConstrained(type)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isConstrained(AnnotatedElement element) {
		for (Annotation annotation : element.getAnnotations()) {
			String name = annotation.annotationType().getName();
			if (name.startsWith(OURS) || name.equals(VALID) || name.startsWith("jakarta.validation.constraints.")
					|| isConstraint(annotation.annotationType())) {
				return true;
			}
		}
		return false;
	}

	private static boolean isConstraint(Class<? extends Annotation> type) {
		for (Annotation meta : type.getAnnotations()) {
			if (meta.annotationType().getName().equals(CONSTRAINT)) {
				return true;
			}
		}
		return false;
	}

}
