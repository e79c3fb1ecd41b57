// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.McpRemoteAuditProperties.Mode;
import io.mcpremote.audit.McpRemoteAuditProperties.Overflow;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TargetKind;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.policy.TestPolicies;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What policies call sensitive is not on record, whatever a client does with it.
 */
class RedactionTests {

	private static final String TEMPLATE = "note://{person}/{day}";

	private Mode mode = Mode.REDACTED;

	private List<Redactor> redactors = List.of();

	@Test
	void ofWhenPromptIsCompletedThenItsPolicyCounts() {
		Map<String, Object> params = Map.of("ref", Map.of("type", "ref/prompt", "name", "ask"), "argument",
				Map.of("name", "about", "value", "hunter2"), "context",
				Map.of("arguments", Map.of("about", "hunter2")));
		assertThat(of("completion/complete", "ask", params).toString()).contains("ask").doesNotContain("hunter2");
	}

	@ParameterizedTest
	@ValueSource(strings = { TEMPLATE, "note://hunter2/{d}" })
	void ofWhenTemplateIsCompletedThenItsPolicyCounts(String uri) {
		Map<String, Object> params = Map.of("ref", Map.of("type", "ref/resource", "uri", uri), "argument",
				Map.of("name", "person", "value", "hunter2"));
		assertThat(of("completion/complete", uri, params).toString()).contains("note://").doesNotContain("hunter2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "resources/read", "resources/subscribe", "resources/unsubscribe" })
	void ofWhenResourceThenSensitiveVariablesAreMasked(String method) {
		assertThat(of(method, "note://hunter2/monday", Map.of()).target()).isEqualTo("note://******/monday");
	}

	@ParameterizedTest
	@EnumSource(names = { "NONE", "NAMES" })
	void ofWhenNoValuesThenTemplateIsRecorded(Mode without) {
		this.mode = without;
		assertThat(of("resources/read", "note://hunter2/monday", Map.of()).target()).isEqualTo(TEMPLATE);
		assertThat(of("resources/read", "other://hunter2", Map.of()).target()).isEqualTo("other:******");
	}

	@Test
	void ofWhenRedactorThrowsAnErrorThenPlaceholder() {
		this.redactors = List.of((call, path, value) -> {
			throw new NoClassDefFoundError(value);
		});
		assertThat(of("prompts/get", "ask", Map.of("arguments", Map.of("a", "hunter2"))).arguments())
			.isEqualTo("{\"a\":\"******\"}");
	}

	@Test
	void ofWhenCatalogThrowsAnErrorThenNothingIsRevealed() {
		Action action = of("resources/read", "error://hunter2", Map.of());
		assertThat(action.target()).isEqualTo(SecretText.MASK);
		assertThat(action.toString()).doesNotContain("hunter2");
	}

	private Action of(String method, String target, Map<String, Object> params) {
		McpRemoteAuditProperties properties = new McpRemoteAuditProperties(true, this.mode, List.of(),
				DataSize.ofKilobytes(4), 100, DataSize.ofMegabytes(1), Overflow.DROP, Duration.ofSeconds(1), false,
				Duration.ofSeconds(1), new McpRemoteAuditProperties.Logger(true));
		Redaction redaction = new Redaction(properties,
				TestPolicies.of("prompts.ask.sensitive=about", "resources[" + TEMPLATE + "].sensitive=person"),
				new Notes(), this.redactors, "1", new LossLog(Clock.systemUTC()));
		return redaction.of(new McpCall("c-1", Revision.V2026_07_28, method, target, params, TestCalls.ALICE, null,
				null, TraceContext.NONE, Instant.EPOCH), new TestContext(), null);
	}

	private static final class Notes implements Catalog {

		@Override
		public Tool find(String name, CallContext context) {
			return null;
		}

		@Override
		public String entry(TargetKind kind, String name, CallContext context) {
			return entry(kind, name);
		}

		@Override
		public String entry(TargetKind kind, String name) {
			if (name.startsWith("error:")) {
				throw new NoClassDefFoundError(name);
			}
			boolean known = (kind == TargetKind.RESOURCE) ? name.startsWith("note://") : name.equals(TEMPLATE);
			return (known) ? TEMPLATE : null;
		}

		@Override
		public List<Tool> tools() {
			return List.of();
		}

		@Override
		public List<String> names(TargetKind kind) {
			return List.of();
		}

	}

}
