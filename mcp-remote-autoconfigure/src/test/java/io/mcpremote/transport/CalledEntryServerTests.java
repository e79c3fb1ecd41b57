// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.TargetKind;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.transport.AskedClient.Answers;
import io.modelcontextprotocol.server.McpSyncServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.beans.factory.ObjectProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call is about is looked for once, and how long it waits is known.
 */
class CalledEntryServerTests {

	private static RunningServer server;

	private final Witness witness = server.context().getBean(Witness.class);

	@BeforeAll
	static void start() {
		server = RunningServer.start(
				List.of("mcp.remote.sessions.enabled=true", "spring.ai.mcp.server.tool-change-notification=false"),
				AskingServer.AskingTools.class, Pages.class, Witness.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void forget() {
		this.witness.seen.clear();
	}

	@Test
	void readWhenTemplateServesItThenItsTemplateIsNoted() {
		assertThat(read("pages://one").at("/result").isMissingNode()).isFalse();
		assertThat(this.witness.seen).containsExactly("pages://{name}");
	}

	@Test
	void readWhenThereIsNoSuchThingThenThatIsNoted() {
		read("nowhere://one");
		assertThat(this.witness.seen).containsExactly("");
	}

	@Test
	void callWhenToolIsUnknownThenNotLookedForAgain() {
		RunningServer.json(server.modern(ModernRequest.callTool("later", Map.of())));
		assertThat(this.witness.seen).containsExactly("");
		server.context().getBean(McpSyncServer.class).addTool(CatalogServer.tool("later"));
		try {
			// Neither does a call see what has come while it is under way
			assertThat(this.witness.catalog.getObject().entry(TargetKind.TOOL, "later")).isEqualTo("later");
			assertThat(this.witness.catalog.getObject().entry(TargetKind.TOOL, "later", this.witness.last)).isNull();
		}
		finally {
			server.context().getBean(McpSyncServer.class).removeTool("later");
		}
	}

	@Test
	void callWhenPersonIsAskedInSessionThenTimeIsKnown() {
		AskedClient.LEGACY.tool(server, "name", Map.of(),
				new Answers().put("elicitation/create", AskingServer.accept(Map.of("name", "Ada"))));
		assertThat(this.witness.last.waited()).isPositive().isLessThanOrEqualTo(this.witness.took);
	}

	@Test
	void callWhenNobodyIsAskedThenNoTime() {
		read("pages://one");
		assertThat(this.witness.last.waited()).isZero();
	}

	private static JsonNode read(String uri) {
		return RunningServer
			.json(server.modern(ModernRequest.of("resources/read").param("uri", uri).header("Mcp-Name", uri)));
	}

	static class Pages {

		@McpResource(uri = "pages://{name}", name = "pages", description = "Pages")
		String page(String name) {
			return name;
		}

	}

	/**
	 * Looks at each call after its end.
	 */
	static final class Witness implements CallGuard {

		private final List<Object> seen = new CopyOnWriteArrayList<>();

		private final ObjectProvider<Catalog> catalog;

		private volatile CallContext last;

		private volatile Duration took;

		Witness(ObjectProvider<Catalog> catalog) {
			this.catalog = catalog;
		}

		@Override
		public CallStage stage() {
			return CallStage.OBSERVE;
		}

		@Override
		public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
			long begun = System.nanoTime();
			CallOutcome outcome = next.proceed(call, context);
			this.took = Duration.ofNanos(System.nanoTime() - begun);
			this.last = context;
			Object entry = context.attribute(CallContext.ENTRY);
			if (entry != null) {
				this.seen.add(entry);
			}
			return outcome;
		}

	}

}
