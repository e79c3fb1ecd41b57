// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says until when a tool is there, and what to use instead.
 *
 * @since 0.1.0
 */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Deprecation {

	/**
	 * Since which version of the server clients should use something else.
	 * @return a version
	 */
	String since() default "";

	/**
	 * The first day on which the tool is refused.
	 * @return a day, such as {@code 2027-01-31}, empty if that is not known
	 */
	String removal() default "";

	/**
	 * The tool to use instead.
	 * @return the name of a tool, empty if there is none
	 */
	String replacedBy() default "";

}
