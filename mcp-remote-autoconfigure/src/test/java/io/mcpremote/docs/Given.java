// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.util.List;

import io.mcpremote.cache.ResultCache;
import io.mcpremote.security.ApiKeys;
import io.mcpremote.security.Revocations;
import io.mcpremote.transport.CurrentCaller;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import reactor.core.publisher.Mono;

import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;

/**
 * What the application around a block of Java has already, as far as the block does not
 * say so itself.
 */
@SuppressWarnings("NullAway")
abstract class Given {

	McpSyncRequestContext ctx;

	ApiKeys apiKeys;

	ResultCache cache;

	Revocations revocations;

	CurrentCaller currentCaller;

	Orders orders;

	Pricing pricing;

	Services services;

	String issuer;

	String subject;

	String order;

	ElicitRequest addressForm;

	CreateMessageRequest polishThis;

	interface Memberships {

		boolean allows(String user, String tool);

	}

	interface Orders {

		List<Order> of(String subject);

	}

	interface Pricing {

		Quote quote(String order);

	}

	interface Projects {

		boolean existsByIdAndOwner(String id, String owner);

	}

	interface Services {

		Mono<String> projects();

		Mono<String> budget();

	}

	interface Sources {

		String projects();

		String budget();

		String contacts();

	}

	interface Topic {

		void send(String text);

		void flush();

	}

	record Archive(String name) {

	}

	record Confirmation(boolean sure) {

	}

	record Forecast(String text) {

	}

	record Invoice(String id) {

	}

	record Order(String id) {

	}

	record Project(String id, String name) {

	}

	record Quote(String price) {

	}

	record Recipient(String name) {

	}

	record Report(String text) {

	}

}
