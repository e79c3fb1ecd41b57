// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Knows the names of files of a ledger. No name is ever taken from what is in a file.
 */
final class LedgerDirectory {

	private static final Pattern FILE = Pattern.compile("audit-(" + ChainId.PATTERN + ")-([0-9]{6,9})\\.jsonl");

	private static final Pattern OTHER = Pattern.compile("audit-(" + ChainId.PATTERN + ")\\.(anchor|lock)");

	private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

	private final Path path;

	LedgerDirectory(Path path) {
		this.path = path;
	}

	Path path() {
		return this.path;
	}

	Path file(String chain, int number) {
		return this.path.resolve("audit-%s-%06d.jsonl".formatted(chain, number));
	}

	/**
	 * Return where what a process left unfinished is set aside.
	 */
	Path torn(String chain, int number) {
		return this.path.resolve("audit-%s-%06d.torn".formatted(chain, number));
	}

	Path lock(String chain) {
		return this.path.resolve("audit-" + chain + ".lock");
	}

	Path anchor(String chain) {
		return this.path.resolve("audit-" + chain + ".anchor");
	}

	/**
	 * Return the file that is locked by who looks after all chains.
	 */
	Path lock() {
		return this.path.resolve("audit-ledger.lock");
	}

	private Path identity() {
		return this.path.resolve("audit-ledger.id");
	}

	/**
	 * Return the files of all chains, in the order of their numbers.
	 */
	SortedMap<String, SortedMap<Integer, Path>> chains() throws IOException {
		SortedMap<String, SortedMap<Integer, Path>> chains = new TreeMap<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path, "audit-*.jsonl")) {
			for (Path file : files) {
				Matcher matcher = FILE.matcher(file.getFileName().toString());
				if (matcher.matches() && isFile(file) && isNamed(file, matcher)) {
					chains.computeIfAbsent(matcher.group(1), (chain) -> new TreeMap<>())
						.put(Integer.parseInt(matcher.group(2)), file);
				}
			}
		}
		return chains;
	}

	/**
	 * Return the names of files that look like those of chains and are none.
	 */
	SortedSet<String> strangers() throws IOException {
		SortedSet<String> names = new TreeSet<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path, "audit-*.jsonl")) {
			for (Path file : files) {
				Matcher matcher = FILE.matcher(file.getFileName().toString());
				if (!matcher.matches() || !isFile(file) || !isNamed(file, matcher)) {
					names.add(file.getFileName().toString());
				}
			}
		}
		return names;
	}

	/**
	 * Return whether a number is written as it is here, as no two files have one number.
	 */
	private boolean isNamed(Path file, Matcher matcher) {
		return file(matcher.group(1), Integer.parseInt(matcher.group(2))).getFileName().equals(file.getFileName());
	}

	/**
	 * Return the chain and the number that the name of a file tells.
	 */
	static Matcher name(Path file) {
		return FILE.matcher(file.getFileName().toString());
	}

	/**
	 * Return the chains that have a lock, or an anchor.
	 */
	SortedSet<String> chainsWith(String extension) throws IOException {
		SortedSet<String> chains = new TreeSet<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path, "audit-*." + extension)) {
			for (Path file : files) {
				Matcher matcher = OTHER.matcher(file.getFileName().toString());
				if (matcher.matches()) {
					chains.add(matcher.group(1));
				}
			}
		}
		return chains;
	}

	/**
	 * Return by which name statements call this ledger.
	 * @return the name, or {@code null} if there is none
	 */
	@Nullable String id() throws IOException {
		Path file = identity();
		if (!isFile(file) || Files.size(file) > 64) {
			return null;
		}
		String id = Files.readString(file).strip();
		return (ID.matcher(id).matches()) ? id : null;
	}

	String makeId(RandomGenerator random) throws IOException {
		String id = id();
		if (id == null) {
			id = ChainId.ledger(random);
			OwnedFiles.replace(identity(), id + "\n");
		}
		return id;
	}

	/**
	 * Return what was said when the beginning of a chain was deleted.
	 */
	@Nullable Statement readAnchor(String chain) throws IOException {
		Path file = anchor(chain);
		return (isFile(file) && Files.size(file) < 4096) ? Statement.parse(Files.readString(file).strip()) : null;
	}

	/**
	 * Return the first file of a chain that has files.
	 */
	static Path first(SortedMap<Integer, Path> files) {
		return Objects.requireNonNull(files.get(files.firstKey()));
	}

	/**
	 * Return the last file of a chain that has files.
	 */
	static Path last(SortedMap<Integer, Path> files) {
		return Objects.requireNonNull(files.get(files.lastKey()));
	}

	static boolean isFile(Path file) {
		return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
	}

}
