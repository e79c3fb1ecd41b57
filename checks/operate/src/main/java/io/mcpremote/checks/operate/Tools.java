// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.operate;

import io.mcpremote.call.ToolException;
import io.mcpremote.policy.Access;
import io.mcpremote.policy.ToolPolicy;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.stereotype.Component;

/**
 * Tools that answer, fail, take too long, are remembered, and are observed themselves.
 */
@Component
class Tools {

	private static final Log logger = LogFactory.getLog(Tools.class);

	private final ObservationRegistry observations;

	private final Tracer tracer;

	private final Latches latches;

	Tools(ObservationRegistry observations, Tracer tracer, Latches latches) {
		this.observations = observations;
		this.tracer = tracer;
		this.latches = latches;
	}

	@McpTool(name = "echo", description = "Says what it is told")
	@ToolPolicy(access = Access.PUBLIC)
	String echo(@McpToolParam(description = "What to say") String text) {
		logger.info("Echo is called");
		return text;
	}

	@McpTool(name = "look_up", description = "Looks something up in a database of which there is none")
	@ToolPolicy(access = Access.PUBLIC)
	String lookUp() {
		return Observation.createNotStarted("database.query", this.observations).observe(() -> "found");
	}

	@McpTool(name = "look_up_later", description = "Looks something up on another thread")
	@ToolPolicy(access = Access.PUBLIC)
	Mono<String> lookUpLater() {
		return Mono.fromCallable(() -> {
			logger.info("It is looked up later");
			return Observation.createNotStarted("database.query", this.observations).observe(() -> "found");
		}).subscribeOn(Schedulers.boundedElastic());
	}

	@McpTool(name = "tenant", description = "Says which tenant the baggage names")
	@ToolPolicy(access = Access.PUBLIC)
	String tenant() {
		return this.tracer.getAllBaggage().toString();
	}

	@McpTool(name = "fail", description = "Fails and says too much about it")
	@ToolPolicy(access = Access.PUBLIC)
	String fail(@McpToolParam(description = "What it should not say") String secret) {
		throw new IllegalStateException("The password is " + secret.length() + " characters long");
	}

	@McpTool(name = "refuse", description = "Says why it does not work")
	@ToolPolicy(access = Access.PUBLIC)
	String refuse() {
		throw new ToolException("There is no such city");
	}

	@McpTool(name = "hang", description = "Does not come to an end")
	@ToolPolicy(access = Access.PUBLIC, timeout = "300ms")
	String hang() {
		this.latches.hold();
		return "at last";
	}

	@McpTool(name = "remembered", description = "Is the same each time",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true))
	@ToolPolicy(access = Access.PUBLIC)
	String remembered() {
		return "the same";
	}

	@McpTool(name = "old", description = "Will not be there for good")
	@ToolPolicy(access = Access.PUBLIC)
	String old() {
		return "still here";
	}

	@McpTool(name = "secret", description = "Is for those who may")
	@ToolPolicy(scopes = "read:secrets")
	String secret() {
		return "for you";
	}

	@McpPrompt(name = "summary", description = "Asks for a summary")
	@ToolPolicy(access = Access.PUBLIC)
	String summary(@McpArg(name = "topic", description = "Of what") String topic) {
		return "Sum up: " + topic;
	}

	@McpResource(uri = "docs://start", name = "start", description = "The first page")
	@ToolPolicy(access = Access.PUBLIC)
	String start() {
		return "Hello";
	}

	@McpResource(uri = "docs://{page}", name = "pages", description = "All other pages")
	@ToolPolicy(access = Access.PUBLIC)
	String page(String page) {
		return "Page " + page;
	}

}
