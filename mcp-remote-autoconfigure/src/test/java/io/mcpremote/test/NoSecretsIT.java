// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.mcpremote.test.SecretSearch.Leak;
import io.mcpremote.test.SecretSearch.Secret;
import io.mcpremote.test.TestRun.Channel;
import io.mcpremote.test.UsedSecrets.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No secret that any test has used is in what the server has logged, put on record,
 * observed or answered meanwhile. Runs after all others, by {@link ClassOrderer}.
 */
@Order(Integer.MAX_VALUE)
class NoSecretsIT {

	/**
	 * What a run of all tests has at least, about half of what it has.
	 */
	private static final Map<Channel, Integer> LINES = new EnumMap<>(Map.of(Channel.CONSOLE, 20_000, Channel.LOGS,
			5_000, Channel.AUDIT, 10_000, Channel.TRACES, 2_000, Channel.ANSWERS, 3_000));

	private static final Map<Kind, Integer> SECRETS = new EnumMap<>(Map.of(Kind.ACCESS_TOKEN, 100, Kind.OPAQUE_TOKEN, 7,
			Kind.API_KEY, 7, Kind.CLIENT_SECRET, 4, Kind.CONFIGURED_KEY, 6, Kind.PRIVATE_KEY, 75, Kind.PROOF, 40,
			Kind.SESSION, 90, Kind.REQUEST_STATE, 70, Kind.ARGUMENT, 5));

	private static List<Path> runs;

	private static List<Secret> secrets;

	@BeforeAll
	static void read() throws IOException {
		String own = System.getProperty(TestRun.DIRECTORY);
		Needed.isTrue("where the run is kept, which the build says", own != null);
		TestRun.flush();
		try (Stream<Path> directories = Files.list(Path.of(own).getParent())) {
			runs = directories.toList();
		}
		secrets = new ArrayList<>();
		for (Path run : runs) {
			secrets.addAll(SecretSearch.read(run.resolve(Channel.SECRETS.file())));
		}
	}

	@Test
	void runThenNoSecretIsAnywhere() throws IOException {
		List<Secret> hidden = secrets.stream().filter((secret) -> secret.kind() != Kind.PLANTED).toList();
		Needed.isTrue("secrets that were used; no tests that use any have run", !hidden.isEmpty());
		List<Leak> leaks = new ArrayList<>();
		SecretSearch search = new SecretSearch(hidden);
		SecretSearch unanswered = new SecretSearch(
				hidden.stream().filter((secret) -> !secret.kind().isAnswered()).toList());
		for (Path run : runs) {
			for (Channel channel : LINES.keySet()) {
				leaks.addAll(((channel == Channel.ANSWERS) ? unanswered : search).in(run.resolve(channel.file())));
			}
		}
		assertThat(leaks).as("%d secrets", hidden.size()).isEmpty();
	}

	@Test
	void runWhenCompleteThenThereWasEnoughToFind() throws IOException {
		assumeAllTestsHaveRun();
		Map<Kind, Long> counts = secrets.stream().collect(Collectors.groupingBy(Secret::kind, Collectors.counting()));
		System.out.println("Secrets that were used: " + counts);
		SECRETS.forEach((kind, least) -> assertThat(counts.getOrDefault(kind, 0L)).as(kind.name())
			.isGreaterThanOrEqualTo(least.longValue()));
		Map<Channel, Long> lines = new EnumMap<>(Channel.class);
		for (Path run : runs) {
			for (Channel channel : LINES.keySet()) {
				try (Stream<String> all = Files.lines(run.resolve(channel.file()))) {
					lines.merge(channel, all.count(), Long::sum);
				}
			}
		}
		System.out.println("Lines that were looked through: " + lines);
		LINES.forEach((channel, least) -> assertThat(lines.get(channel)).as(channel.name())
			.isGreaterThanOrEqualTo(least.longValue()));
	}

	@Test
	void runWhenSomethingIsPlantedThenFoundEverywhere() throws IOException {
		List<Secret> planted = secrets.stream().filter((secret) -> secret.kind() == Kind.PLANTED).distinct().toList();
		Needed.isTrue("what " + PlantedSecretTests.class.getSimpleName() + " plants, which has not run",
				!planted.isEmpty());
		SecretSearch search = new SecretSearch(planted);
		Set<String> files = new TreeSet<>();
		for (Path run : runs) {
			for (Channel channel : LINES.keySet()) {
				search.in(run.resolve(channel.file())).forEach((leak) -> files.add(channel.name()));
			}
		}
		assertThat(files).containsExactlyInAnyOrderElementsOf(LINES.keySet().stream().map(Channel::name).toList());
	}

	/**
	 * A few tests prove nothing about all of them.
	 */
	private static void assumeAllTestsHaveRun() throws IOException {
		Set<String> missing = new TreeSet<>(testClasses());
		Set<String> run = new HashSet<>();
		for (Path directory : runs) {
			run.addAll(Files.readAllLines(directory.resolve(Channel.TESTS.file())));
		}
		missing.removeAll(run);
		Needed.isTrue("tests that have run: without " + missing + " nothing can be said of how much there was to find;"
				+ " what there was has been looked through all the same", missing.isEmpty());
	}

	private static List<String> testClasses() throws IOException {
		Path root = location();
		try (Stream<Path> files = Files.walk(root)) {
			return files.map((file) -> root.relativize(file).toString().replace('/', '.').replace('\\', '.'))
				.filter((name) -> name.endsWith("Tests.class") && !name.contains("$"))
				.map((name) -> name.substring(0, name.length() - ".class".length()))
				.filter(NoSecretsIT::isConcrete)
				.toList();
		}
	}

	private static Path location() {
		try {
			return Path.of(NoSecretsIT.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isConcrete(String name) {
		try {
			return !Modifier.isAbstract(Class.forName(name, false, NoSecretsIT.class.getClassLoader()).getModifiers());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
