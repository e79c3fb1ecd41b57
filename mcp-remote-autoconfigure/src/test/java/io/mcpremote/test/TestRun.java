// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * What all tests of a process have made the server write, kept for whoever looks through
 * it afterwards. Static, as the output of a process is; nothing is kept where the build
 * does not say where, such as in an IDE.
 */
public final class TestRun {

	/**
	 * The system property that says where.
	 */
	public static final String DIRECTORY = "test-run.directory";

	private static final Map<Channel, Writer> WRITERS = new EnumMap<>(Channel.class);

	private static final @Nullable Path LOCATION = location();

	private TestRun() {
	}

	/**
	 * Keep an audit event.
	 */
	public static void audited(String event) {
		keep(Channel.AUDIT, event);
	}

	/**
	 * Keep a line, or lines.
	 */
	static void keep(Channel channel, String text) {
		write(channel, text + '\n');
	}

	static void write(Channel channel, String text) {
		synchronized (WRITERS) {
			Writer writer = WRITERS.get(channel);
			if (writer != null) {
				try {
					writer.write(text);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

	/**
	 * Have everything that was kept so far in its files.
	 */
	public static void flush() {
		synchronized (WRITERS) {
			try {
				for (Writer writer : WRITERS.values()) {
					writer.flush();
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private static @Nullable Path location() {
		String name = System.getProperty(DIRECTORY);
		if (name == null) {
			return null;
		}
		try {
			Path directory = Path.of(name);
			// Of another run nothing is of use
			FileSystemUtils.deleteRecursively(directory);
			Files.createDirectories(directory);
			for (Channel channel : Channel.values()) {
				// Not a writer of Files, which refuses half characters, and tests use
				// those too
				WRITERS.put(channel, new BufferedWriter(new OutputStreamWriter(
						Files.newOutputStream(directory.resolve(channel.file())), StandardCharsets.UTF_8)));
			}
			Runtime.getRuntime().addShutdownHook(new Thread(TestRun::flush, "test-run"));
			return directory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return whether anything is kept.
	 */
	static boolean isKept() {
		return LOCATION != null;
	}

	/**
	 * What is kept apart.
	 */
	public enum Channel {

		/**
		 * The standard output and error.
		 */
		CONSOLE,

		/**
		 * What this project logs, at whatever level.
		 */
		LOGS,

		/**
		 * Audit events.
		 */
		AUDIT,

		/**
		 * Observations, of which spans are made.
		 */
		TRACES,

		/**
		 * What clients were answered.
		 */
		ANSWERS,

		/**
		 * The secrets that were used, in lines of their kind, the test and the secret in
		 * Base64.
		 */
		SECRETS,

		/**
		 * The names of test classes that have run.
		 */
		TESTS;

		public String file() {
			return name().toLowerCase(Locale.ROOT) + ".txt";
		}

	}

}
