// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The directories that paths must lie in once all symbolic links are followed.
 *
 * @param directories absolute paths
 * @param base where relative paths begin
 */
record AllowedDirectories(List<Path> directories, Path base) {

	static final String OUTSIDE = "it must be a path inside an allowed directory";

	private static final Log logger = LogFactory.getLog(AllowedDirectories.class);

	/**
	 * Return what is wrong with a path.
	 * @return a sentence that tells nothing of the file system, or {@code null}
	 */
	@Nullable String fault(String text) {
		String fault = PathText.fault(text);
		if (fault != null) {
			return fault;
		}
		try {
			Path real = real(this.base.resolve(text).normalize());
			return (real != null && isInside(real)) ? null : OUTSIDE;
		}
		catch (InvalidPathException | IOException | SecurityException ex) {
			logger.debug("A path cannot be judged", ex);
			return OUTSIDE;
		}
	}

	private boolean isInside(Path real) throws IOException {
		for (Path directory : this.directories) {
			// Each time: what a link among them leads to may change
			if (Files.isDirectory(directory) && real.startsWith(directory.toRealPath())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return where a path leads. A link that leads nowhere exists, and fails: whoever
	 * wrote to it would create what it names.
	 */
	private static @Nullable Path real(Path path) throws IOException {
		Path existing = path;
		while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
			existing = existing.getParent();
		}
		return (existing != null) ? existing.toRealPath().resolve(existing.relativize(path)).normalize() : null;
	}

}
