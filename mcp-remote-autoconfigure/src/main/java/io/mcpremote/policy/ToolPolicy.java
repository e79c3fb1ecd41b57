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

	/**
	 * How long a call may take.
	 * @return a duration, such as {@code 30s}, empty for the default
	 */
	String timeout() default "";

	/**
	 * Whether its thread may be interrupted when the time is over or the client takes the
	 * call back. Only what an interrupt would harm should say no.
	 * @return none or one
	 */
	boolean[] interruptible() default {};

	/**
	 * How many of its calls one caller may have running at once.
	 * @return none or one, {@code 0} for any number
	 */
	int[] maxConcurrency() default {};

	/**
	 * Whether and how results of a tool are remembered.
	 * @return none or one
	 */
	Cache[] cache() default {};

	/**
	 * The tools whose remembered results a call of this one makes obsolete.
	 * @return names of tools
	 */
	String[] invalidates() default {};

	/**
	 * Whether the repetition of a call is answered with the result of the first.
	 * @return none or one
	 */
	boolean[] idempotent() default {};

	/**
	 * What a person is asked before the tool runs.
	 * @return a question, in which names of arguments in braces stand for their values
	 */
	String confirm() default "";

	/**
	 * Until when the tool is there.
	 * @return none or one
	 */
	Deprecation[] deprecated() default {};

	/**
	 * Arguments whose values are never put on record. Configuration can only add to them.
	 * @return names, or paths with dots between names; list elements need no index
	 */
	String[] sensitive() default {};

	/**
	 * Says how results of a tool are remembered.
	 */
	@Target({})
	@Retention(RetentionPolicy.RUNTIME)
	@interface Cache {

		/**
		 * For how long.
		 * @return a duration, such as {@code 30s}
		 */
		String timeToLive() default "30s";

		/**
		 * Who gets them.
		 * @return the scope
		 */
		CacheScope scope() default CacheScope.USER;

		/**
		 * Whether also if the tool does not call itself read-only, or has method security
		 * of its own.
		 * @return whether somebody has thought about that
		 */
		boolean forced() default false;

	}

}
