// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * Holds the tools of a server to what its version promises. Used in a test of the
 * application, with a file that has the tools of the last release and is kept with the
 * sources:
 *
 * <pre class="code">
 * &#64;Test
 * void toolsFitVersion(&#64;Autowired McpSyncServer server) {
 *     ToolCatalogLock.of(server).verify(Path.of("mcp-tools.lock.json"));
 * }
 * </pre>
 * <p>
 * After a release, running the test once with the system property
 * {@code mcp.remote.lock=update} writes the file.
 *
 * @since 0.1.0
 */
public final class ToolCatalogLock {

	private static final String UPDATE = "mcp.remote.lock";

	private static final String HOW_TO_UPDATE = "run this test once with -D" + UPDATE + "=update and commit the file";

	private final String version;

	private final LockedCatalog current;

	private ToolCatalogLock(String version, Collection<Tool> tools) {
		this.version = version;
		this.current = LockedCatalog.of(version, tools);
	}

	/**
	 * Create a lock for a server.
	 * @param server the server
	 * @return the lock
	 */
	public static ToolCatalogLock of(McpSyncServer server) {
		return of(server.getServerInfo().version(), server.listTools());
	}

	/**
	 * Create a lock for a server.
	 * @param server the server
	 * @return the lock
	 */
	public static ToolCatalogLock of(McpAsyncServer server) {
		List<Tool> tools = server.listTools().collectList().block();
		return of(server.getServerInfo().version(), (tools != null) ? tools : List.of());
	}

	/**
	 * Create a lock.
	 * @param version the version of the server
	 * @param tools its tools
	 * @return the lock
	 */
	public static ToolCatalogLock of(String version, Collection<Tool> tools) {
		return new ToolCatalogLock(version, tools);
	}

	/**
	 * Make sure that the version says what has become of the tools since the last
	 * release: greater in its first number if a tool is gone or has another schema, in
	 * its second if there is a new one or other annotations, in its third if the words
	 * are others; below version 1, one place further to the right. While a release is
	 * being made, and the file is of one of its own snapshots, anything may change. With
	 * {@code -Dmcp.remote.lock=update} write the file then.
	 * @param file has the tools of the last release
	 * @throws AssertionError if the version does not, or there is no such file; says what
	 * has changed and what to do
	 */
	public void verify(Path file) {
		boolean update = "update".equals(System.getProperty(UPDATE));
		ReleaseVersion now = ReleaseVersion.parse(this.version);
		if (now == null) {
			throw new AssertionError("The version of the server is '" + this.version + "', which tells nothing of what"
					+ " has changed. Set spring.ai.mcp.server.version to one such as 1.2.0 or 1.3.0-SNAPSHOT.");
		}
		if (Files.exists(file)) {
			compare(LockedCatalog.read(file), now, file, update);
		}
		else if (!update) {
			throw new AssertionError("There is no " + file.toAbsolutePath()
					+ ". If this is the first release that is to be held to: " + HOW_TO_UPDATE + ".");
		}
		if (update) {
			write(file);
		}
	}

	private void compare(LockedCatalog locked, ReleaseVersion now, Path file, boolean update) {
		ReleaseVersion before = ReleaseVersion.parse(locked.version());
		if (before == null) {
			throw new AssertionError(file + " has no version that can be read, but '" + locked.version()
					+ "'. Take the file from the last release again.");
		}
		List<CatalogChange> changes = CatalogChange.between(locked, this.current);
		boolean becoming = before.preRelease() && now.compareTo(before) == 0;
		ReleaseVersion required = (becoming) ? before : before.atLeastFor(CatalogChange.worst(changes));
		if (now.compareTo(required) < 0) {
			throw new AssertionError(told(changes, file, locked.version(), required));
		}
		if (!update && before.preRelease() && !now.preRelease()) {
			throw new AssertionError(file.getFileName() + " has the tools of " + locked.version()
					+ ", which is no release, and spring.ai.mcp.server.version is " + this.version
					+ ", which is one. For the next release to be held to the tools of this one, " + HOW_TO_UPDATE
					+ ".");
		}
		if (update && now.preRelease() && !before.preRelease()) {
			throw new AssertionError(file.getFileName() + " has the tools of release " + locked.version()
					+ ", in whose place those of " + this.version
					+ ", which is none, would promise less. Update it when the version is that of the next release.");
		}
	}

	private String told(List<CatalogChange> changes, Path file, String before, ReleaseVersion required) {
		String differences = changes.stream().map((change) -> "\n  " + change).collect(Collectors.joining());
		String what = (changes.isEmpty()) ? "The version of the server has gone back."
				: "The tools are not those of " + before + " in " + file.getFileName() + ":" + differences + "\n";
		return what + "They take version " + required + " or later, and spring.ai.mcp.server.version is " + this.version
				+ ". Raise it, or take the changes back. When the version is released, " + HOW_TO_UPDATE + ".";
	}

	private void write(Path file) {
		try {
			Files.writeString(file, this.current.json());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not write " + file.toAbsolutePath(), ex);
		}
	}

}
