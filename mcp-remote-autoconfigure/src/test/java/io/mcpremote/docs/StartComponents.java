// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditSink;
import io.mcpremote.input.GuardedRequestFactory;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.security.ApiKeyRepository;
import jakarta.validation.constraints.Size;
import org.h2.jdbcx.JdbcConnectionPool;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
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
