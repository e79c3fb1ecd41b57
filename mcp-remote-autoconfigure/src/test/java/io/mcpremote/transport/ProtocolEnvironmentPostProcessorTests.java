// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Map;

import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Spring AI is told to build a server that can be served here, and only then.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProtocolEnvironmentPostProcessorTests {

	private static final String PROTOCOL = "spring.ai.mcp.server.protocol";

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void whenUnsetThenStreamableWithLowestPrecedence() {
		process(WebApplicationType.SERVLET);
		assertThat(this.environment.getProperty(PROTOCOL)).isEqualTo("STREAMABLE");
		this.environment.getPropertySources().addLast(new MapPropertySource("later", Map.of("other", "value")));
		this.environment.getPropertySources()
			.addBefore("mcpRemoteDefaults", new MapPropertySource("user", Map.of(PROTOCOL, "SSE")));
		assertThat(this.environment.getProperty(PROTOCOL)).isEqualTo("SSE");
	}

	@ParameterizedTest
	@ValueSource(strings = { "STREAMABLE", "streamable", " Streamable " })
	void whenStreamableThenLeftAlone(String value) {
		this.environment.setProperty(PROTOCOL, value);
		process(WebApplicationType.SERVLET);
		assertThat(this.environment.getProperty(PROTOCOL)).isEqualTo(value);
		assertThat(this.environment.getPropertySources().contains("mcpRemoteDefaults")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSE", "sse", "STATELESS", "", " ", "nonsense" })
	void whenAnotherThenRefused(String value) {
		this.environment.setProperty(PROTOCOL, value);
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> process(WebApplicationType.SERVLET))
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo(PROTOCOL);
				assertThat(ex.getReason()).contains("STREAMABLE", "mcp.remote.enabled");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true", "spring.main.web-application-type=none" })
	void whenNotWantedThenUntouched(String property) {
		String[] parts = property.split("=");
		this.environment.setProperty(parts[0], parts[1]);
		process(WebApplicationType.SERVLET);
		assertThat(this.environment.getProperty(PROTOCOL)).isNull();
		this.environment.setProperty(PROTOCOL, "SSE");
		process(WebApplicationType.SERVLET);
		assertThat(this.environment.getProperty(PROTOCOL)).isEqualTo("SSE");
	}

	@ParameterizedTest
	@ValueSource(strings = { "NONE", "REACTIVE" })
	void whenNoServletApplicationThenUntouched(WebApplicationType type) {
		process(type);
		assertThat(this.environment.getProperty(PROTOCOL)).isNull();
	}

	@Test
	void whenServletOnlyByPropertyThenStreamable() {
		this.environment.setProperty("spring.main.web-application-type", "servlet");
		process(WebApplicationType.REACTIVE);
		assertThat(this.environment.getProperty(PROTOCOL)).isEqualTo("STREAMABLE");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSE", "STATELESS", "" })
	void whenApplicationAsksForAnotherThenAnalysisSaysWhatToDo(String value, CapturedOutput output) {
		assertThatThrownBy(() -> RunningServer.start(List.of(PROTOCOL + "=" + value)).close())
			.isInstanceOf(InvalidConfigurationPropertyValueException.class);
		assertThat(output).contains("APPLICATION FAILED TO START", PROTOCOL, "set it to STREAMABLE");
	}

	private void process(WebApplicationType type) {
		SpringApplication application = new SpringApplication();
		application.setWebApplicationType(type);
		new ProtocolEnvironmentPostProcessor().postProcessEnvironment(this.environment, application);
	}

}
