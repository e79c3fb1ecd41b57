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
 * A URL whose host is allowed and has public addresses only. For texts, URIs and URLs. To
 * be opened with a {@link GuardedRequestFactory}: a name may have other addresses by
 * then.
 *
 * @since 0.1.0
 */
@Target({ ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE_USE,
		ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = AllowedUrlValidator.class)
@Documented
public @interface AllowedUrl {

	/**
	 * Return the allowed hosts.
	 * @return names, such as {@code api.example.com}, {@code *.example.com} or {@code *};
	 * none for {@code mcp.remote.input.url.hosts}
	 */
	String[] hosts() default {};

	/**
	 * Return what the client is told.
	 * @return the end of a sentence; by default one that says which rule is violated
	 */
	String message() default "it must be a URL that may be reached from here";

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
