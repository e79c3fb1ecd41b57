// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The version of a release, or of what is to become one.
 *
 * @param major the first number
 * @param minor the second number
 * @param patch the third number
 * @param preRelease whether it comes before the release of these numbers
 */
record ReleaseVersion(int major, int minor, int patch, boolean preRelease) implements Comparable<ReleaseVersion> {

	private static final Pattern FORM = Pattern
		.compile("v?(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?");

	private static final Comparator<ReleaseVersion> ORDER = Comparator.comparingInt(ReleaseVersion::major)
		.thenComparingInt(ReleaseVersion::minor)
		.thenComparingInt(ReleaseVersion::patch);

	/**
	 * Read a version.
	 * @return the version or {@code null}
	 */
	static @Nullable ReleaseVersion parse(@Nullable String text) {
		Matcher parts = FORM.matcher((text != null) ? text.strip() : "");
		return (parts.matches()) ? new ReleaseVersion(number(parts.group(1)), number(parts.group(2)),
				number(parts.group(3)), parts.group(4) != null) : null;
	}

	/**
	 * Return the least version that may follow this one, or the release that it has
	 * become, with some changes.
	 */
	ReleaseVersion atLeastFor(CatalogChange.Impact impact) {
		boolean early = this.major == 0;
		return switch (impact) {
			case NONE -> this;
			case PATCH -> release(this.major, this.minor, this.patch + 1);
			case MINOR -> (early) ? release(0, this.minor, this.patch + 1) : release(this.major, this.minor + 1, 0);
			case MAJOR -> (early) ? release(0, this.minor + 1, 0) : release(this.major + 1, 0, 0);
		};
	}

	/**
	 * What is to become a release counts as that release.
	 */
	@Override
	public int compareTo(ReleaseVersion other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.major + "." + this.minor + "." + this.patch;
	}

	private static ReleaseVersion release(int major, int minor, int patch) {
		return new ReleaseVersion(major, minor, patch, false);
	}

	private static int number(@Nullable String digits) {
		return (digits != null) ? Integer.parseInt(digits) : 0;
	}

}
