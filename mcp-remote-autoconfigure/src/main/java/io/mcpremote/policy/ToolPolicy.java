// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says beside {@code @McpTool}, {@code @McpPrompt} or {@code @McpResource} what applies
 * to it, or beside {@code @Tool} on the method of a tool callback. Configuration has the
 * last word, key by key.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ToolPolicy {

	/**
	 * Who may use it; {@link Access#PROTECTED} if nothing else says otherwise.
	 * @return none or one
	 */
	Access[] access() default {};

	/**
	 * Scopes that a token must have, all of them.
	 * @return the scopes, without the prefix that Spring Security gives them
	 */
	String[] scopes() default {};

	/**
	 * Roles of which the caller must have one.
	 * @return the roles, without the prefix that Spring Security gives them
	 */
	String[] roles() default {};

	/**
	 * How often one caller may use it.
	 * @return calls and window, such as {@code 5/1h}, empty for no limit of its own
	 */
	String rateLimit() default "";

	/**
	 * How many calls one call counts for, where calls are limited or have a quota.
	 * @return none or one
	 */
	int[] cost() default {};

}
