// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import io.mcpremote.call.StartupException;
import io.mcpremote.policy.InvalidPolicyException;
import io.mcpremote.test.MainClasses;
import io.mcpremote.test.RunningServer;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What the documentation shows of applications that do not start is what they say, and it
 * shows all of it.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StartFailureTests {

	static final int TAKEN_PORT;

	private static final ServerSocket TAKEN;

	private static final Pattern REPORT = Pattern.compile(
			"APPLICATION FAILED TO START\n\\*+\n\n(Description:\n.*?\nAction:\n.*?)\\s*(?=\n\\d{4}-\\d\\d-\\d\\dT|\\z)",
			Pattern.DOTALL);

	/**
	 * Who says what can only be shown by other means, and why.
	 */
	private static final Set<String> NOT_SHOWN = Set.of(
			// Another version of a library, or one that is missing
			"SdkHandlers.incompatible", "ConverterImportSelector.selectImports", "IntrospectorFactory.restTemplate",
			"ToolCallbackMethods.method", "ExposureNotice.check",
			// A tool that no method stands for, or of which the SDK says first that there
			// are two
			"AnnotatedTargets.addCallback", "AnnotatedTargets.put",
			// What the operating system or a database says, or a ledger that somebody has
			// taken apart
			"FileAuditSink.refuseIfNameIsGone", "McpRemoteAuditJdbcAutoConfiguration.mcpRemoteJdbcAuditSink",
			"McpRemoteAuditLedgerAutoConfiguration.mcpRemoteFileAuditSink");

	private static final Set<String> seen = new TreeSet<>();

	static {
		try {
			TAKEN = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
			TAKEN_PORT = TAKEN.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterAll
	static void close() throws IOException {
		TAKEN.close();
	}

	@Test
	@Order(1)
	void pagesThenShowEveryFailure() {
		assertThat(ShownText.of("start").keySet()).containsExactlyElementsOf(Starts.all().keySet());
	}

	@ParameterizedTest
	@MethodSource("names")
	@Order(2)
	void startWhenItFailsThenSaysWhatIsShown(String name, CapturedOutput output) {
		Starts.Start start = Starts.all().get(name);
		List<String> properties = new ArrayList<>(start.properties());
		properties.add("spring.main.register-shutdown-hook=false");
		assertThatException().isThrownBy(() -> run(start, properties)).satisfies(StartFailureTests::note);
		String truth = report(output.getAll());
		assertThat(ShownText.texts("start", name, truth)).isNotEmpty().containsOnly(truth);
	}

	private static void run(Starts.Start start, List<String> properties) {
		Thread thread = Thread.currentThread();
		ClassLoader loader = thread.getContextClassLoader();
		if (properties.contains(Starts.REACTIVE)) {
			thread.setContextClassLoader(withWebFlux(loader));
		}
		try {
			RunningServer.secured(properties, start.components()).close();
		}
		finally {
			thread.setContextClassLoader(loader);
			// Which commands set for their process, which this is not
			System.clearProperty(LoggingSystemProperty.CONSOLE_THRESHOLD.getEnvironmentVariableName());
		}
	}

	/**
	 * Return a class path that looks as if WebFlux were on it.
	 */
	private static ClassLoader withWebFlux(ClassLoader parent) {
		return new ByteBuddy().subclass(Object.class)
			.name("org.springframework.web.reactive.HandlerResult")
			.make()
			.load(parent)
			.getLoaded()
			.getClassLoader();
	}

	static Set<String> names() {
		return Starts.all().keySet();
	}

	/**
	 * Has to come last: whatever in the code can keep an application from starting has
	 * been met by then.
	 */
	@Test
	@Order(3)
	void codeWhenItFailsStartupThenShown() {
		Set<String> places = new TreeSet<>();
		Set<String> notShown = new TreeSet<>();
		for (JavaClass type : MainClasses.all()) {
			for (JavaConstructorCall call : type.getConstructorCallsFromSelf()) {
				JavaClass thrown = call.getTargetOwner();
				boolean analyzed = thrown.isEquivalentTo(StartupException.class)
						|| thrown.isEquivalentTo(InvalidPolicyException.class);
				if (!analyzed || call.getOrigin().isConstructor()) {
					continue;
				}
				String method = file(type) + "." + call.getOrigin().getName();
				if (NOT_SHOWN.contains(method)) {
					notShown.add(method);
				}
				else if (!seen.contains(file(type) + ":" + call.getLineNumber())) {
					places.add(method + ":" + call.getLineNumber());
				}
			}
		}
		assertThat(places).isEmpty();
		assertThat(notShown).containsExactlyInAnyOrderElementsOf(NOT_SHOWN);
	}

	private static String file(JavaClass type) {
		return type.getName().replaceFirst("\\$.*", "").replaceFirst(".*\\.", "");
	}

	private static void note(Throwable failure) {
		for (Throwable thrown = failure; thrown != null; thrown = thrown.getCause()) {
			if (thrown instanceof StartupException || thrown instanceof InvalidPolicyException) {
				StackTraceElement place = thrown.getStackTrace()[0];
				seen.add(place.getFileName().replace(".java", "") + ":" + place.getLineNumber());
			}
		}
	}

	private static String report(String output) {
		Matcher report = REPORT.matcher(output.replace("\r", ""));
		assertThat(report.find()).as(output).isTrue();
		return report.group(1)
			.replace(Integer.toString(TAKEN_PORT), "8080")
			.replaceAll("Bindable@[0-9a-f]+", "Bindable@0")
			.strip() + "\n";
	}

}
