// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.IOException;

/**
 * A URL, or one that it redirects to, may not be opened.
 *
 * @since 0.1.0
 */
public class RefusedUrlException extends IOException {

	/**
	 * Create the exception.
	 * @param why which rule the URL violates, as the end of a sentence about it
	 */
	public RefusedUrlException(String why) {
		super("The URL may not be opened: " + why);
	}

}
