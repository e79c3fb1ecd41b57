// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Locks as other processes see them.
 */
class FileLeaseTests {

	private static final int TAKEN = 3;

	@TempDir
	private Path temporary;

	@Test
	void takeWhenThisProcessHasItThenNotTakenAndNotLost() throws Exception {
		Path file = this.temporary.resolve("a.lock");
		try (FileLease lease = FileLease.take(file)) {
			assertThat(lease).isNotNull();
			Path link = Files.createLink(this.temporary.resolve("b.lock"), file);
			Path symbolic = Files.createSymbolicLink(this.temporary.resolve("linked"), this.temporary);
			for (Path name : new Path[] { file, link, symbolic.resolve("a.lock") }) {
				assertThat(FileLease.take(name)).as("%s", name).isNull();
				assertThat(FileLease.isTaken(name)).as("%s", name).isTrue();
			}
			assertThat(tryInAnotherProcess(file)).as("the lock as others see it").isEqualTo(TAKEN);
		}
		assertThat(tryInAnotherProcess(file)).isZero();
		assertThat(FileLease.isTaken(file)).isFalse();
		try (FileLease again = FileLease.take(file)) {
			assertThat(again).isNotNull();
		}
	}

	@Test
	void takeWhenAnotherProcessHasItThenNotTakenUntilItIsReleased() throws Exception {
		Path file = this.temporary.resolve("a.lock");
		Process other = start(file, "hold");
		try {
			assertThat(other.inputReader().readLine()).isEqualTo("held");
			assertThat(FileLease.take(file)).isNull();
			assertThat(FileLease.isTaken(file)).isTrue();
			other.getOutputStream().close();
			assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			other.destroyForcibly();
		}
		try (FileLease lease = FileLease.take(file)) {
			assertThat(lease).as("a claim that came to nothing is none").isNotNull();
		}
	}

	static int tryInAnotherProcess(Path file) throws IOException, InterruptedException {
		Process other = start(file, "try");
		try {
			assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
			return other.exitValue();
		}
		finally {
			other.destroyForcibly();
		}
	}

	private static Process start(Path file, String what) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Other.class.getName(),
				file.toString(), what)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
	}

	/**
	 * Another process that wants the lock.
	 */
	public static final class Other {

		private Other() {
		}

		public static void main(String[] arguments) throws IOException {
			Path file = Path.of(arguments[0]);
			if (!Files.exists(file)) {
				Files.createFile(file);
			}
			try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
				if (channel.tryLock() == null) {
					System.exit(TAKEN);
				}
				if (arguments[1].equals("hold")) {
					System.out.println("held");
					System.in.read();
				}
			}
		}

	}

}
