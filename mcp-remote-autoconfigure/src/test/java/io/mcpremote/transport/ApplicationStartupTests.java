// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.StartupException;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpServerTransportProviderBase;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Real applications start with all their tools, or not at all and say why.
 */
@ExtendWith(OutputCaptureExtension.class)
class ApplicationStartupTests {

	private final InputStream standardInput = System.in;

	/**
	 * Without an endpoint the server listens to its standard input, which here is where
	 * the build gives its orders.
	 */
	@BeforeEach
	void closeStandardInput() {
		System.setIn(InputStream.nullInputStream());
	}

	@AfterEach
	void restoreStandardInput() {
		System.setIn(this.standardInput);
	}

	@Test
	void startThenSaysWhatIsServed(CapturedOutput output) {
		try (RunningServer server = RunningServer.start(GreetingTool.class)) {
			assertThat(tools(server)).containsExactly("greet");
		}
		assertThat(output)
			.contains("/mcp (1 tools",
					"admit -> sunset -> validate -> idempotency -> cache -> confirm"
							+ " -> record -> bulkhead -> breaker -> deadline -> output -> target")
			.doesNotContain("There is no remote MCP endpoint");
	}

	@Test
	void startWhenListOfToolsIsNeededTooEarlyThenFailsWithAdvice(CapturedOutput output) {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> RunningServer.start(GreetingTool.class, EarlyFilter.class).close())
			.withMessageContaining("annotated with @McpTool")
			.withMessageContaining("GreetingTool");
		assertThat(output).contains("APPLICATION FAILED TO START", "Spring AI has registered no tool",
				"ObjectProvider");
	}

	@Test
	void startWhenScannerIsOffThenFailsWithAdvice(CapturedOutput output) {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> RunningServer
			.start(List.of("spring.ai.mcp.server.annotation-scanner.enabled=false"), GreetingTool.class)
			.close());
		assertThat(output).contains("APPLICATION FAILED TO START", "spring.ai.mcp.server.annotation-scanner.enabled");
	}

	@Test
	void startWhenParameterHeaderIsInvalidThenFailsWithAdvice(CapturedOutput output) {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> RunningServer.start(BadHeaderTool.class).close())
			.withMessageContaining("'bad-header'")
			.withMessageContaining("x-mcp-header");
		assertThat(output).contains("APPLICATION FAILED TO START", "Correct the x-mcp-header annotations");
	}

	@Test
	void startWhenBeansAreLazyThenServesAllTools() {
		try (RunningServer server = RunningServer.start(List.of("spring.main.lazy-initialization=true"),
				GreetingTool.class, OtherTool.class)) {
			assertThat(tools(server)).containsExactly("greet", "other");
			JsonNode answer = RunningServer
				.json(server.modern(ModernRequest.callTool("greet", Map.of("name", "Alice"))));
			assertThat(answer.at("/result/content/0/text").asString()).isEqualTo("Hello Alice");
		}
	}

	@Test
	void startWhenNoToolsThenServesNone() {
		try (RunningServer server = RunningServer.start()) {
			assertThat(tools(server)).isEmpty();
		}
	}

	@Test
	void startWhenNoWebServerThenSaysSo(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(WebApplicationType.NONE)) {
			assertThat(context.getBeansOfType(ServletRegistrationBean.class)).isEmpty();
			assertThat(context.getBean(McpServerTransportProviderBase.class))
				.isInstanceOf(ClosedTransportProvider.class);
		}
		assertThat(output).contains("There is no remote MCP endpoint, because this application has no web server");
	}

	@Test
	void startWhenNoWebServerByPropertyThenSaysSo(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET,
				"--spring.main.web-application-type=none")) {
			assertThat(context.getBeansOfType(RemoteTransportProvider.class)).isEmpty();
		}
		assertThat(output).contains("There is no remote MCP endpoint, because this application has no web server");
	}

	@Test
	void startWhenServletOnlyByPropertyThenServes() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.REACTIVE,
				"--spring.main.web-application-type=servlet")) {
			assertThat(context.getBeansOfType(RemoteTransportProvider.class)).hasSize(1);
		}
	}

	@Test
	void startWhenSwitchedOffThenOpensNothing(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET,
				"--spring.ai.mcp.server.enabled=false")) {
			assertThat(context.getBeansOfType(RemoteTransportProvider.class)).isEmpty();
			assertThat(context.containsBean("mcpRemoteEndpoint")).isFalse();
		}
		assertThat(output).contains("There is no remote MCP endpoint, because", "spring.ai.mcp.server.enabled");
	}

	@ParameterizedTest
	@ValueSource(strings = { "NONE", "SERVLET" })
	void startWhenStandardInputThenOpensNothing(WebApplicationType type, CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(type, "--spring.ai.mcp.server.stdio=true")) {
			assertThat(context.containsBean("mcpRemoteEndpoint")).isFalse();
			assertThat(context.getBean(McpServerTransportProviderBase.class))
				.isInstanceOf(StdioServerTransportProvider.class);
		}
		assertThat(output).contains("There is no remote MCP endpoint, because", "spring.ai.mcp.server.stdio");
	}

	private static List<String> tools(RunningServer server) {
		JsonNode answer = RunningServer.json(server.modern(ModernRequest.of("tools/list")));
		return answer.at("/result/tools").valueStream().map((tool) -> tool.get("name").asString()).toList();
	}

	private static ConfigurableApplicationContext start(WebApplicationType type, String... arguments) {
		String[] all = new String[arguments.length + 3];
		all[2] = "--mcp.remote.security.enabled=false";
		all[0] = "--server.port=0";
		all[1] = "--spring.main.banner-mode=off";
		System.arraycopy(arguments, 0, all, 3, arguments.length);
		return new SpringApplicationBuilder(Application.class, GreetingTool.class).web(type).run(all);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	static class GreetingTool {

		@McpTool(name = "greet", description = "Greets")
		String greet(String name) {
			return "Hello " + name;
		}

	}

	static class OtherTool {

		@McpTool(name = "other", description = "Does nothing")
		String other() {
			return "nothing";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyFilter {

		@Bean
		Filter earlyFilter(List<List<SyncToolSpecification>> specifications) {
			return (request, response, chain) -> chain.doFilter(request, response);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BadHeaderTool {

		@Bean
		List<SyncToolSpecification> badHeaderTools() {
			Map<String, Object> schema = Map.of("type", "object", "properties",
					Map.of("region", Map.of("type", "string", "x-mcp-header", "not a token")));
			return List.of(new SyncToolSpecification(Tool.builder("bad-header", schema).build(), BadHeaderTool::call));
		}

		private static CallToolResult call(McpSyncServerExchange exchange, CallToolRequest request) {
			return CallToolResult.builder().addTextContent("never").build();
		}

	}

}
