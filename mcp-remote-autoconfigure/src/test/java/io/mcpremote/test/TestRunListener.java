// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Keeps what tests have written to the console and to logs, and tells which test it is
 * that runs.
 */
public final class TestRunListener implements TestExecutionListener {

	private static volatile String current = "unknown";

	/**
	 * Return the test, or class of tests, that runs at present.
	 */
	static String current() {
		return current;
	}

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		if (TestRun.isKept() && !(System.out instanceof Copied)) {
			System.setOut(new Copied(System.out));
			System.setErr(new Copied(System.err));
			LogCapture.install();
		}
	}

	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		TestRun.flush();
	}

	@Override
	public void executionStarted(TestIdentifier test) {
		test.getSource().ifPresent((source) -> {
			if (source instanceof ClassSource type) {
				current = type.getClassName();
			}
			else if (source instanceof MethodSource method) {
				current = method.getClassName() + '.' + method.getMethodName();
			}
		});
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		ended(test);
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		ended(test);
	}

	private static void ended(TestIdentifier test) {
		if (test.getSource().orElse(null) instanceof ClassSource type) {
			TestRun.keep(TestRun.Channel.TESTS, type.getClassName());
		}
	}

	/**
	 * The console, of which a copy is kept.
	 */
	private static final class Copied extends PrintStream {

		private Copied(PrintStream console) {
			super(new FilterOutputStream(console) {

				@Override
				public void write(byte[] bytes, int from, int length) throws IOException {
					TestRun.write(TestRun.Channel.CONSOLE, new String(bytes, from, length, Charset.defaultCharset()));
					OutputStream original = this.out;
					original.write(bytes, from, length);
				}

				@Override
				public void write(int single) throws IOException {
					write(new byte[] { (byte) single }, 0, 1);
				}

			}, true, Charset.defaultCharset());
		}

	}

}
