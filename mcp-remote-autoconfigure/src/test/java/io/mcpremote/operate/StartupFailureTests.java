// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import io.mcpremote.call.StartupException;
import io.mcpremote.policy.InvalidPolicyException;
import io.mcpremote.test.MainClasses;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Whatever keeps the server from starting says what is the matter and what to do.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTests {

	/**
	 * Those that have an analyzer, of Spring Boot or of ours.
	 */
	private static final Set<String> ANALYZED = Set.of(StartupException.class.getName(),
			InvalidPolicyException.class.getName(), InvalidConfigurationPropertyValueException.class.getName());

	@Test
	void classesWhenTheyRunAtStartupThenOnlyThrowWhatIsAnalyzed() {
		Set<String> others = new TreeSet<>();
		int thrown = 0;
		for (JavaClass type : MainClasses.all()) {
			if (runsAtStartup(type)) {
				for (JavaConstructorCall call : type.getConstructorCallsFromSelf()) {
					JavaClass owner = call.getTargetOwner();
					if (ANALYZED.contains(owner.getName())) {
						thrown++;
					}
					else if (owner.isAssignableTo(Throwable.class)) {
						others.add(type.getName() + " throws " + owner.getSimpleName());
					}
				}
			}
		}
		assertThat(others).isEmpty();
		assertThat(thrown).isGreaterThan(50);
	}

	private static boolean runsAtStartup(JavaClass type) {
		String name = type.getSimpleName();
		return name.endsWith("PropertyChecks") || name.endsWith("PolicyChecks") || name.endsWith("Configuration")
				|| name.endsWith("Check") || name.endsWith("Notice")
				|| type.isAssignableTo(SmartInitializingSingleton.class)
				|| type.isAssignableTo(BeanFactoryPostProcessor.class)
				|| type.isAssignableTo(EnvironmentPostProcessor.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.public-url=http://mcp.example.com/mcp", "mcp.remote.message.max-size=0",
			"mcp.remote.request-state.keys=short", "mcp.remote.sessions.required=true",
			"mcp.remote.sessions.enabled=yes", "mcp.remote.rate-limit.user=nonsense",
			"mcp.remote.rate-limit.max-entries=0", "mcp.remote.deadline.max-abandoned=0",
			"mcp.remote.tools.greet.rate-limit=nonsense", "mcp.remote.tools.greet.no-such-key=1",
			"mcp.remote.tools.no-such-tool.timeout=1s", "mcp.remote.require-policy=true", "mcp.remote.cache.max-size=0",
			"mcp.remote.security.enabled=true", "mcp.remote.security.enabled=yes", "mcp.remote.security.enabled=",
			"mcp.remote.console.enabled=true", "mcp.remote.concurrency.per-user=many",
			"spring.ai.mcp.server.protocol=SSE" })
	void startWhenSomethingIsWrongThenDescriptionAndAction(String property, CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> RunningServer.start(List.of(property, "spring.main.register-shutdown-hook=false"), Tools.class)
					.close());
		String report = output.getAll();
		assertThat(report).contains("APPLICATION FAILED TO START", "Description:", "Action:");
		String action = report.substring(report.indexOf("Action:") + "Action:".length());
		assertThat(action.strip()).isNotEmpty();
		assertThat(report.substring(report.indexOf("Description:"), report.indexOf("Action:")).strip().lines().count())
			.isGreaterThan(2);
	}

	@Test
	void startWhenToolHasANameThatTheSdkRefusesThenDescriptionAndAction(CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningServer.start(InvalidName.class).close());
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START", "greet me",
				"1 to 128 letters, digits, '_', '-' and '.'");
	}

	@Test
	void startWhenTwoToolsHaveOneNameThenDescriptionAndAction(CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningServer.start(Tools.class, Doubled.class).close());
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START", "'greet'", "a name of its own");
	}

	@Test
	void switchesThenAllThatConditionsLookAt() {
		Set<String> names = new TreeSet<>();
		for (JavaClass type : MainClasses.all()) {
			add(names, type.getAnnotations());
			type.getMethods().forEach((method) -> add(names, method.getAnnotations()));
		}
		assertThat(SwitchCheck.SWITCHES).containsExactlyElementsOf(names);
	}

	private static void add(Set<String> names, Set<? extends JavaAnnotation<?>> annotations) {
		for (JavaAnnotation<?> annotation : annotations) {
			if (annotation.getRawType().isEquivalentTo(ConditionalOnBooleanProperties.class)) {
				add(names, annotation.as(ConditionalOnBooleanProperties.class).value());
			}
			if (annotation.getRawType().isEquivalentTo(ConditionalOnBooleanProperty.class)) {
				add(names, annotation.as(ConditionalOnBooleanProperty.class));
			}
		}
	}

	private static void add(Set<String> names, ConditionalOnBooleanProperty... conditions) {
		for (ConditionalOnBooleanProperty condition : conditions) {
			Stream.of(condition.name(), condition.value())
				.flatMap(Stream::of)
				.filter((name) -> name.startsWith("mcp.remote."))
				.forEach(names::add);
		}
	}

	static class InvalidName {

		@McpTool(name = "greet me", description = "Greets")
		String greet(String name) {
			return "Hello " + name;
		}

	}

	static class Doubled {

		@McpTool(name = "greet", description = "Greets as well")
		String greet(String name) {
			return "Hi " + name;
		}

	}

	static class Tools {

		@McpTool(name = "greet", description = "Greets")
		String greet(String name) {
			return "Hello " + name;
		}

	}

}
