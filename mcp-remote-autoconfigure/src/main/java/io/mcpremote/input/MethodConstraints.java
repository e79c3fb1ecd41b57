// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.mcpremote.call.InvocationChecks;
import io.mcpremote.call.StartupException;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.metadata.MethodDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.validation.annotation.Validated;

/**
 * Holds the arguments of tools to the constraints on their parameters where Spring does
 * not do so itself.
 */
final class MethodConstraints implements InvocationChecks {

	private final Supplier<@Nullable Validator> validator;

	private final boolean validatedBySpring;

	private final LookupBudget budget;

	/**
	 * Create the checks.
	 * @param validator has the last word, if there is one
	 * @param validatedBySpring whether Spring validates the methods of beans that say so
	 * @param budget bounds the look-ups of each call
	 */
	MethodConstraints(Supplier<@Nullable Validator> validator, boolean validatedBySpring, LookupBudget budget) {
		this.budget = budget;
		this.validator = validator;
		this.validatedBySpring = validatedBySpring;
	}

	@Override
	public @Nullable InvocationCheck of(Class<?> type, Method method) {
		if (method.getParameterCount() == 0 || (this.validatedBySpring && isValidated(type))) {
			return null;
		}
		Validator found = this.validator.get();
		if (found == null) {
			refuseIfConstrained(method);
			return null;
		}
		MethodDescriptor descriptor = found.getConstraintsForClass(type)
			.getConstraintsForMethod(method.getName(), method.getParameterTypes());
		if (descriptor == null || !hasConstraints(descriptor)) {
			return null;
		}
		return (target, arguments) -> {
			Set<ConstraintViolation<Object>> violations = this.budget
				.during(() -> found.forExecutables().validateParameters(target, method, arguments));
			if (!violations.isEmpty()) {
				throw new ConstraintViolationException(violations);
			}
		};
	}

	private static boolean hasConstraints(MethodDescriptor method) {
		return method.hasConstrainedParameters() || method.getParameterDescriptors()
			.stream()
			// Those of elements are not counted
			.anyMatch((parameter) -> !parameter.getConstrainedContainerElementTypes().isEmpty());
	}

	private static boolean isValidated(Class<?> type) {
		return AnnotatedElementUtils.hasAnnotation(type, Validated.class);
	}

	/**
	 * A constraint that nobody looks after would be worse than none.
	 */
	private static void refuseIfConstrained(Method method) {
		Arrays.stream(method.getParameters())
			.filter((parameter) -> Stream.of(parameter.getAnnotations()).anyMatch(MethodConstraints::isConstraint))
			.findFirst()
			.ifPresent((parameter) -> {
				throw new StartupException(
						"The parameter '" + parameter.getName() + "' of the tool "
								+ method.getDeclaringClass().getName() + "." + method.getName()
								+ " has constraints, but there is no Validator to enforce them.",
						"Add the dependency org.springframework.boot:spring-boot-starter-validation.");
			});
	}

	private static boolean isConstraint(Annotation annotation) {
		return annotation instanceof Valid
				|| MergedAnnotations.from(annotation.annotationType()).isPresent(Constraint.class);
	}

}
