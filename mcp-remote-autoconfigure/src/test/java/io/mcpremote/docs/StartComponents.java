// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditSink;
import io.mcpremote.input.GuardedRequestFactory;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.security.ApiKeyRepository;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import jakarta.validation.constraints.Size;
import org.h2.jdbcx.JdbcConnectionPool;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Beans of applications that do not start.
 */
final class StartComponents {

	private StartComponents() {
	}

	static class Tools {

		@McpTool(name = "greet", description = "Greets")
		@ToolPolicy(roles = "guest")
		String greet(String name) {
			return "Hello " + name;
		}

	}

	static class Prompts {

		@McpPrompt(name = "weekly", description = "The week")
		String weekly() {
			return "The week";
		}

	}

	static class ConstrainedPrompts {

		@McpPrompt(name = "weekly", description = "The week")
		String weekly(@Size(max = 20) String team) {
			return "The week of " + team;
		}

	}

	static class TimeoutInWords {

		@McpTool(name = "greet", description = "Greets")
		@ToolPolicy(timeout = "soon")
		String greet(String name) {
			return "Hello " + name;
		}

	}

	static class Undecided {

		@McpTool(name = "greet", description = "Greets")
		String greet(String name) {
			return "Hello " + name;
		}

	}

	static class PolicyAlone {

		@McpTool(name = "welcome", description = "Welcomes")
		String welcome(String name) {
			return "Welcome " + name;
		}

		@ToolPolicy(roles = "guest")
		String greet(String name) {
			return "Hello " + name;
		}

	}

	static class Constrained {

		@McpTool(name = "greet", description = "Greets")
		String greet(@Size(max = 20) String name) {
			return "Hello " + name;
		}

	}

	static class Pages {

		Pages(GuardedRequestFactory requests) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CallbacksTwice {

		@Bean
		MethodToolCallbackProvider first() {
			return MethodToolCallbackProvider.builder().toolObjects(new First()).build();
		}

		@Bean
		MethodToolCallbackProvider second() {
			return MethodToolCallbackProvider.builder().toolObjects(new Second()).build();
		}

	}

	static class First {

		@Tool(name = "greet", description = "Greets")
		@ToolPolicy(roles = "guest")
		String greet(String name) {
			return "Hello " + name;
		}

	}

	static class Second {

		@Tool(name = "greet", description = "Greets")
		String greet(String name) {
			return "Hello " + name;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDecoders {

		@Bean
		JwtDecoder ours() {
			return (token) -> null;
		}

		@Bean
		JwtDecoder theirs() {
			return (token) -> null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Keys {

		@Bean
		ApiKeyRepository keys() {
			return (id) -> null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Database {

		@Bean
		DataSource dataSource() {
			return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
		}

		@Bean
		JdbcTemplate jdbcTemplate(ObjectProvider<DataSource> dataSource) {
			return new JdbcTemplate(dataSource.getObject());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoDatabase {

		@Bean
		JdbcTemplate jdbcTemplate() {
			return new JdbcTemplate(JdbcConnectionPool.create("jdbc:h2:mem:none;IFEXISTS=TRUE", "sa", ""));
		}

	}

	/**
	 * Somebody has taken the row with the name out of the ledger.
	 */
	@Configuration(proxyBeanMethods = false)
	static class NamelessLedger {

		@Bean
		DataSource dataSource() {
			DataSource source = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
			new ResourceDatabasePopulator(new ClassPathResource("io/mcpremote/audit/ledger/schema-h2.sql"))
				.execute(source);
			new JdbcTemplate(source)
				.update("insert into mcp_remote_audit_checkpoint values ('20260801-1', 'checkpoint', 7, 'x')");
			return source;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HeaderOfNumber {

		@Bean
		List<SyncToolSpecification> tools() {
			Map<String, Object> amount = Map.of("type", "number", "x-mcp-header", "Amount");
			return List.of(SyncToolSpecification.builder()
				.tool(McpSchema.Tool.builder("pay", Map.of("type", "object", "properties", Map.of("amount", amount)))
					.description("Pays")
					.build())
				.callHandler((exchange, request) -> CallToolResult.builder().addTextContent("Done").build())
				.build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoSinks {

		@Bean
		AuditSink first() {
			return new Sink();
		}

		@Bean
		AuditSink second() {
			return new Sink();
		}

	}

	private static final class Sink implements AuditSink {

		@Override
		public String name() {
			return "topic";
		}

		@Override
		public void append(List<AuditEvent> events) {
			// Nothing is kept of an application that does not start
		}

	}

}
