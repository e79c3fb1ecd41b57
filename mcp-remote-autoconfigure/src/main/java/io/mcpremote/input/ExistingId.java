// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * The identifier of something that exists, which an {@link IdentifierLookup} knows.
 *
 * @since 0.1.0
 */
@Target({ ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE_USE,
		ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ExistingIdValidator.class)
@Documented
public @interface ExistingId {

	/**
	 * Return what is identified.
	 * @return the kind that a lookup answers for, such as {@code projects}
	 */
	String value();

	/**
	 * Return what the client is told.
	 * @return the end of a sentence
	 */
	String message() default "there is nothing with this identifier among the {value}";

	/**
	 * Return the groups that the constraint belongs to.
	 * @return the groups
	 */
	Class<?>[] groups() default {};

	/**
	 * Return what belongs to the constraint.
	 * @return the payload
	 */
	Class<? extends Payload>[] payload() default {};

}
