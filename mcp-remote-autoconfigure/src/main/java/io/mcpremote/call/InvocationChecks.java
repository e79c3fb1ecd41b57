// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * Knows what is to be checked when the method of a tool is invoked, once its arguments
 * have the types that it declares and its method security has let the caller pass.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface InvocationChecks {

	/**
	 * Return the check of a method. Asked once, when the tool is registered.
	 * @param type the class of the object that the method belongs to
	 * @param method the method
	 * @return the check, or {@code null} if there is nothing to check
	 */
	@Nullable InvocationCheck of(Class<?> type, Method method);

	/**
	 * A check of one method.
	 */
	@FunctionalInterface
	interface InvocationCheck {

		/**
		 * Check an invocation that is about to happen.
		 * @param target the object that the method belongs to
		 * @param arguments the arguments
		 * @throws RuntimeException if it must not happen
		 */
		void check(Object target, @Nullable Object[] arguments);

	}

}
