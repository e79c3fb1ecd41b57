// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where commands show what has come of them.
 *
 * @since 0.1.0
 */
public final class CommandOutput {

	private CommandOutput() {
	}

	/**
	 * Return the standard output of the process. {@link System#out} may have been led to
	 * a log.
	 * @return the output
	 */
	public static PrintStream standard() {
		return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
	}

}
