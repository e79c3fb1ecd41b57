// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;

/**
 * Reads violations in the form that Spring gives them on request, with
 * {@code spring.validation.method.adapt-constraint-violations}.
 */
final class AdaptedViolations {

	private AdaptedViolations() {
	}

	/**
	 * Return what is wrong with the arguments of a method.
	 * @return the faults, none if it is not the arguments of that method
	 */
	static List<Fault> faults(MethodValidationResult violated, Method method, int limit) {
		if (violated.isForReturnValue() || !isOf(violated.getMethod(), method)) {
			return List.of();
		}
		Stream<Fault> ofParameters = violated.getParameterValidationResults()
			.stream()
			.flatMap(AdaptedViolations::faults);
		Stream<Fault> ofAll = violated.getCrossParameterValidationResults()
			.stream()
			.map((error) -> new Fault("", why(error)));
		return Stream.concat(ofParameters, ofAll).limit(limit).toList();
	}

	private static Stream<Fault> faults(ParameterValidationResult result) {
		String path = result.getMethodParameter().getParameter().getName() + place(result);
		if (result instanceof ParameterErrors errors) {
			return Stream.concat(
					errors.getFieldErrors().stream().map((error) -> new Fault(path(path, error), why(error))),
					errors.getGlobalErrors().stream().map((error) -> new Fault(path, why(error))));
		}
		return result.getResolvableErrors().stream().map((error) -> new Fault(path, why(error)));
	}

	private static boolean isOf(Method violated, Method method) {
		return violated.getName().equals(method.getName())
				&& Arrays.equals(violated.getParameterTypes(), method.getParameterTypes())
				&& (violated.getDeclaringClass().isAssignableFrom(method.getDeclaringClass())
						|| method.getDeclaringClass().isAssignableFrom(violated.getDeclaringClass()));
	}

	private static String place(ParameterValidationResult result) {
		Object place = (result.getContainerIndex() != null) ? result.getContainerIndex() : result.getContainerKey();
		return (place != null) ? "." + place : "";
	}

	private static String path(String parameter, FieldError error) {
		return parameter + "." + error.getField().replace("[", ".").replace("]", "");
	}

	private static String why(MessageSourceResolvable error) {
		return (error.getDefaultMessage() != null) ? error.getDefaultMessage() : "it violates a constraint";
	}

}
