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
 * The path of a file or directory inside an allowed one, wherever symbolic links lead.
 * For texts, paths and files. What does not exist yet is judged by the nearest directory
 * above that does.
 *
 * @since 0.1.0
 */
@Target({ ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE_USE,
		ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = AllowedPathValidator.class)
@Documented
public @interface AllowedPath {

	/**
	 * Return the allowed directories, which may have placeholders.
	 * @return absolute paths; none for {@code mcp.remote.input.allowed-directories}
	 */
	String[] directories() default {};

	/**
	 * Return where relative paths begin, with placeholders if need be. A tool that
	 * resolves them against this directory has to say so here.
	 * @return an absolute path; empty for the working directory, as in
	 * {@link java.nio.file.Path#of}
	 */
	String base() default "";

	/**
	 * Return what the client is told.
	 * @return the end of a sentence; by default one that says which rule is violated
	 */
	String message() default "it must be a path inside an allowed directory";

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
