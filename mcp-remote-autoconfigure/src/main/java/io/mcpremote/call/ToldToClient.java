// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stands on exceptions of the application that tell the client, and the model behind it,
 * why a tool failed. Their subclasses do as well.
 *
 * @since 0.1.0
 * @see ToolException
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface ToldToClient {

	/**
	 * What the client is told.
	 * @return the words, empty for the message of the exception
	 */
	String value() default "";

}
