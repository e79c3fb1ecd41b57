// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import io.micrometer.context.ContextRegistry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Makes what a JVM has once as long as all libraries can be seen, whichever tests come
 * first: some hide libraries, and others would then do without for good.
 */
public final class WholeClassPathListener implements TestExecutionListener {

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		ContextRegistry.getInstance();
	}

}
