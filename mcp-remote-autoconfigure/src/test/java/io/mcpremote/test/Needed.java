// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What a test needs of the machine and of the run. Without it the test is skipped, or
 * with {@code -Dmcp.remote.tests.strict=true} fails, where all of them have to run.
 */
public final class Needed {

	private static final boolean STRICT = Boolean.getBoolean("mcp.remote.tests.strict");

	private Needed() {
	}

	public static void isThere(String what, String path) {
		isTrue("the path of " + what, !path.isEmpty());
	}

	public static void isTrue(String what, boolean there) {
		if (STRICT) {
			assertThat(there).as(what).isTrue();
		}
		assumeThat(there).as(what).isTrue();
	}

}
