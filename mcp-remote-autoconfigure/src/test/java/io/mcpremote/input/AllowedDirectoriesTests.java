// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No spelling and no link leads out of the allowed directories.
 */
@DisabledOnOs(OS.WINDOWS)
class AllowedDirectoriesTests {

	@ParameterizedTest
	@ValueSource(strings = { "//host/share", "\\\\host\\share", "/\\host/share", "\\/host/share", "//?/C:/x" })
	void foreignWhenShareThenOnEverySystem(String text) {
		assertThat(PathText.isForeign(text, false)).isTrue();
		assertThat(PathText.isForeign(text, true)).isTrue();
	}

	@Test
	void foreignWhenDriveThenOnlyWhereThereAreNone() {
		assertThat(PathText.isForeign("C:\\reports\\a.txt", false)).isFalse();
		assertThat(PathText.isForeign("C:\\reports\\a.txt:hidden", false)).isTrue();
		assertThat(PathText.isForeign("C:\\reports\\a.txt", true)).isTrue();
	}

	@TempDir
	Path root;

	private AllowedDirectories directories;

	@BeforeEach
	void create() throws IOException {
		Path allowed = Files.createDirectories(this.root.resolve("allowed/sub dir")).getParent();
		Path secret = Files.createDirectories(this.root.resolve("secret"));
		Files.createDirectories(this.root.resolve("allowed-not"));
		Files.writeString(allowed.resolve("a.txt"), "a");
		Files.writeString(secret.resolve("key"), "key");
		Files.createSymbolicLink(allowed.resolve("out"), secret);
		Files.createSymbolicLink(allowed.resolve("key"), secret.resolve("key"));
		Files.createSymbolicLink(allowed.resolve("nowhere"), secret.resolve("new"));
		Files.createSymbolicLink(allowed.resolve("chain"), allowed.resolve("out"));
		Files.createSymbolicLink(allowed.resolve("loop"), allowed.resolve("loop"));
		Files.createSymbolicLink(allowed.resolve("in"), allowed.resolve("sub dir"));
		Files.createSymbolicLink(secret.resolve("back"), allowed);
		this.directories = new AllowedDirectories(List.of(allowed), allowed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.txt", "./a.txt", ".", "sub dir", "sub dir/new.txt", "new/deeper/still.txt", "in/b.txt",
			"..hidden", "a..b", "100%", "caf\u00E9.txt", "12:30.txt", "notes (1).txt", "a%20b.txt",
			"\u0645\u06CC\u200C\u062E.txt", "to be continued\u2026", "-rf" })
	void faultWhenInsideThenNone(String path) {
		assertThat(this.directories.fault(path)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "..", "../secret/key", "../allowed/a.txt", "sub dir/../a.txt",
			"sub dir/../../secret/key", "a/b/../../../..", "..\\secret\\key", "sub dir\\..\\..\\secret", "a\\b",
			".. /x", " ../x", "..\u00A0/x", ".\u200B./secret", "\u200B../x", ".\uFE0F./x", "\uFF0E\uFF0E/secret",
			"\u2025/secret", "\u2024\u2024/secret", "..\u2215secret", "..\u2044secret", "\uFF0E\uFF0E\uFF0Fsecret",
			"..\uFF3Csecret", "%2e%2e/secret", "%2E%2E%2Fsecret", "..%2fsecret", "..%5csecret", "%252e%252e%252fsecret",
			"..%c0%afsecret", "%c0%ae%c0%ae/secret", "%e0%80%ae/x", "..%ef%bc%8fsecret", "a%0ab", "..%u2215secret",
			"a.txt%00.png", "a.txt\u0000", "a\nb", "a\u0085b", "a\u2028b", "\u001B[2J", "C:\\Windows", "C:a.txt",
			"c:/x", "file:///etc/passwd", "FILE:/etc/passwd", "http://example.com/a", "jar:file:x!/y", "//server/share",
			"\\\\server\\share", "\\\\?\\C:\\x", "~", "~/.ssh/id_rsa", "~root/x", "/", "/etc/passwd",
			"/proc/self/environ", "key", "out", "out/key", "out/new.txt", "nowhere", "chain/key", "chain/new/deep",
			"loop", "loop/x" })
	void faultWhenOutsideThenSaysWhy(String path) {
		assertThat(this.directories.fault(path)).isNotBlank().startsWith("it must").doesNotContain("secret", "key");
	}

	@Test
	void faultWhenAbsoluteThenByWhereItLeads() {
		assertThat(this.directories.fault(this.root + "/allowed/a.txt")).isNull();
		assertThat(this.directories.fault(this.root + "/allowed")).isNull();
		assertThat(this.directories.fault(this.root + "/allowed/new")).isNull();
		assertThat(this.directories.fault(this.root + "/secret/back/a.txt")).isNull();
		assertThat(this.directories.fault(this.root + "/secret/key")).isEqualTo(AllowedDirectories.OUTSIDE);
		assertThat(this.directories.fault(this.root + "/allowed-not/a.txt")).isEqualTo(AllowedDirectories.OUTSIDE);
		assertThat(this.directories.fault(this.root + "/allowed/out/x")).isEqualTo(AllowedDirectories.OUTSIDE);
	}

	@Test
	void faultWhenTooLongThenSaysSo() {
		assertThat(this.directories.fault("a".repeat(5000))).contains("4096");
		// Longer than a file system takes
		assertThat(this.directories.fault("a".repeat(4000))).isNull();
	}

	@Test
	void faultWhenBaseIsElsewhereThenRelativePathsAreNotInside() {
		AllowedDirectories elsewhere = new AllowedDirectories(this.directories.directories(),
				Path.of("").toAbsolutePath());
		assertThat(elsewhere.fault("pom.xml")).isEqualTo(AllowedDirectories.OUTSIDE);
		assertThat(elsewhere.fault(this.root + "/allowed/a.txt")).isNull();
	}

	@Test
	void faultWhenSeveralDirectoriesThenAnyOfThem() throws IOException {
		Path link = Files.createSymbolicLink(this.root.resolve("link"), this.root.resolve("secret"));
		AllowedDirectories several = new AllowedDirectories(
				List.of(this.root.resolve("missing"), link, this.root.resolve("allowed")), this.root);
		assertThat(several.fault("secret/key")).isNull();
		assertThat(several.fault("link/key")).isNull();
		assertThat(several.fault("allowed/out/key")).isNull();
		assertThat(several.fault("missing/x")).isEqualTo(AllowedDirectories.OUTSIDE);
		assertThat(several.fault("allowed-not/x")).isEqualTo(AllowedDirectories.OUTSIDE);
	}

}
