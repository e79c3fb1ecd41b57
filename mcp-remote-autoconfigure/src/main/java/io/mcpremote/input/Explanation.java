// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.lang.annotation.Annotation;

import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotationUtils;

/**
 * Says more of a violation than its annotation does, unless the application has words of
 * its own.
 */
final class Explanation {

	private Explanation() {
	}

	/**
	 * Return whether a constraint leaves its words to us.
	 */
	static boolean isWanted(Annotation constraint, String message) {
		return message.equals(AnnotationUtils.getDefaultValue(constraint, "message"));
	}

	/**
	 * End a validation.
	 * @param why what is wrong, one of a few fixed sentences, {@code null} if nothing is
	 * @param wanted whether to say so
	 * @return whether the value is valid
	 */
	static boolean give(@Nullable String why, boolean wanted, ConstraintValidatorContext context) {
		if (why != null && wanted) {
			context.disableDefaultConstraintViolation();
			context.buildConstraintViolationWithTemplate(why).addConstraintViolation();
		}
		return why == null;
	}

}
