// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.e2e;

import java.util.List;

/**
 * Runs the checks against a server whose URL is given, with sessions or without.
 */
public final class Main {

	private static final List<String> REVISIONS = List.of("2024-11-05", "2025-03-26", "2025-06-18");

	private Main() {
	}

	public static void main(String[] args) {
		if (args.length != 2 || !List.of("sessions", "stateless").contains(args[0])) {
			System.err.println("usage: sessions|stateless <url>");
			System.exit(2);
		}
		boolean sessions = args[0].equals("sessions");
		CheckRunner runner = new CheckRunner((sessions) ? "Java client" : "Java client, no sessions");
		run(runner, args[1], sessions);
		// Whatever the client may have left running
		System.exit((runner.failed() == 0) ? 0 : 1);
	}

	private static void run(CheckRunner runner, String url, boolean sessions) {
		Connection connection = new Connection(url, "2025-11-25");
		runner.check("connects", connection::open);
		new CommonChecks(connection).run(runner);
		if (sessions) {
			new SessionChecks(connection).run(runner);
		}
		else {
			new StatelessChecks(connection).run(runner);
		}
		for (String revision : REVISIONS) {
			runner.check("speaks " + revision, () -> new RevisionCheck(url, revision).run());
		}
		connection.close();
	}

}
