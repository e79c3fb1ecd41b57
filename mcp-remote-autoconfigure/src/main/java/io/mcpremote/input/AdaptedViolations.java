// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
	static List<Fault> faults(MethodValidationResult violated, Method method) {
		List<Fault> faults = new ArrayList<>();
		if (violated.isForReturnValue() || !isOf(violated.getMethod(), method)) {
			return faults;
		}
		for (ParameterValidationResult result : violated.getParameterValidationResults()) {
			String path = result.getMethodParameter().getParameter().getName() + place(result);
			if (result instanceof ParameterErrors errors) {
				errors.getFieldErrors().forEach((error) -> faults.add(new Fault(path(path, error), why(error))));
				errors.getGlobalErrors().forEach((error) -> faults.add(new Fault(path, why(error))));
			}
			else {
				result.getResolvableErrors().forEach((error) -> faults.add(new Fault(path, why(error))));
			}
		}
		violated.getCrossParameterValidationResults().forEach((error) -> faults.add(new Fault("", why(error))));
		return faults;
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
