// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;
import java.util.function.Supplier;

import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.CatalogFilter;
import io.mcpremote.call.ReactiveContextSource;
import io.mcpremote.call.ThrownTranslator;
import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ResourceInterest;
import io.mcpremote.session.McpRemoteSessionProperties;
import io.mcpremote.session.Sessions;
import io.mcpremote.wire.CallerResolver;
import io.mcpremote.wire.OutcomeWriter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerStreamableHttpProperties;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/**
 * Configures the two eras of the protocol and what lies between them and the server.
 */
@Configuration(proxyBeanMethods = false)
class EraConfiguration {

	private static final Log logger = LogFactory.getLog(EraConfiguration.class);

	private final Clock clock = Clock.systemUTC();

	@Bean
	ServerCatalog mcpRemoteServerCatalog(RemoteTransportProvider provider, TransportJson json,
			McpRemoteProperties properties, ObjectProvider<CatalogFilter> filters) {
		// The filter may need the catalog itself, by way of the application's beans
		return new ServerCatalog(provider, json.writer(), properties.list().pageSize(),
				SingletonSupplier.of(() -> filters.getIfAvailable(Unfiltered::new)));
	}

	@Bean
	ParamHeaderGuard mcpRemoteParamHeaderGuard(ServerCatalog catalog) {
		return new ParamHeaderGuard(catalog);
	}

	@Bean
	CallsInFlight mcpRemoteCallsInFlight(McpRemoteProperties properties) {
		return new CallsInFlight(this.clock, properties.stream().longCallAfter(), properties.stream().callHeartbeat());
	}

	@Bean
	OpenStreams mcpRemoteOpenStreams(McpRemoteProperties properties, CallerResolver callers) {
		return new OpenStreams(properties.stream().maxOpen(), properties.stream().maxOpenPerCaller(), callers);
	}

	@Bean
	ResourceInterest mcpRemoteResourceInterest(RemoteTransportProvider provider) {
		return new ResourceInterest(provider::watch, provider::unwatch);
	}

	@Bean
	@ConditionalOnMissingBean(UsedStates.class)
	InMemoryUsedStates mcpRemoteUsedStates() {
		return new InMemoryUsedStates(this.clock);
	}

	@Bean
	CallerScope mcpRemoteCurrentCaller() {
		return new CallerScope();
	}

	@Bean
	TargetScope mcpRemoteTargetScope(CallerScope callers, ObjectProvider<ReactiveContextSource> contexts,
			ObjectProvider<ThrownTranslator> translators) {
		return new TargetScope(callers, contexts.orderedStream().toList(), translators.orderedStream().toList());
	}

	@Bean
	CallPipeline mcpRemoteCallPipeline(ObjectProvider<CallGuard> guards, RemoteTransportProvider provider,
			ServerCatalog catalog, Sessions sessions, McpRemoteSessionProperties sessionProperties, NotificationHub hub,
			ResourceInterest interest, TransportJson json, TargetScope scope) {
		Supplier<ServerDescription> description = SingletonSupplier
			.of(() -> new ServerDescription(provider.description(), json.mapper()));
		SessionMethods legacy = new SessionMethods(new LegacySessions(sessions, sessionProperties), description,
				catalog::readable, hub, interest, json.writer());
		ModernMethods modern = new ModernMethods(description, catalog::isAnythingPublic, catalog::readable, hub,
				interest, json.writer());
		TargetMethods targets = new TargetMethods(provider, catalog, scope, this.clock);
		return new CallPipeline(guards.orderedStream().toList(), new Dispatcher(catalog, targets, legacy, modern));
	}

	@Bean
	RequestHandlers mcpRemoteRequestHandlers(RemoteTransportProvider provider, CallPipeline pipeline,
			CallsInFlight calls, OpenStreams streams, Sessions sessions, UsedStates used, TransportJson json,
			McpRemoteProperties properties, McpRemoteSessionProperties sessionProperties,
			McpServerStreamableHttpProperties http) {
		OutcomeWriter outcomes = new OutcomeWriter(json.writer());
		CallRunner runner = new CallRunner(pipeline, calls, streams, outcomes, json.writer());
		LegacySessions legacySessions = new LegacySessions(sessions, sessionProperties);
		LegacyEra legacy = new LegacyEra(provider, legacySessions, calls, json.writer(), json.sdk(),
				sessionProperties.answerTimeout(), this.clock);
		RequestRounds rounds = new RequestRounds(codec(properties.requestState()), used, this.clock,
				properties.requestState().timeToLive(), json.mapper());
		ModernResults results = new ModernResults(json.writer(), json.mapper(),
				() -> provider.description().serverInfo(), properties.list().timeToLive());
		ModernEra modern = new ModernEra(provider, rounds, results, json.sdk(), this.clock);
		return new RequestHandlers(
				new PostHandler(legacy, modern, runner, outcomes, streams, properties.message().maxBatchSize()),
				new StreamHandler(legacy, legacySessions, runner, streams, !http.isDisallowDelete()));
	}

	@Bean
	TransportLifecycle mcpRemoteTransportLifecycle(CallsInFlight calls, OpenStreams streams, Sessions sessions,
			McpRemoteProperties properties) {
		return new TransportLifecycle(calls, streams, sessions, properties.stream().keepAlive());
	}

	@Bean
	StreamsLifecycle mcpRemoteStreamsLifecycle(NotificationHub hub) {
		return new StreamsLifecycle(hub);
	}

	@Bean
	ServerCheck mcpRemoteServerCheck(RemoteTransportProvider provider, ServerCatalog catalog, CallPipeline pipeline,
			ListableBeanFactory beans, McpServerStreamableHttpProperties http) {
		return new ServerCheck(provider, catalog, pipeline, beans, http.getMcpEndpoint());
	}

	private static RequestStateCodec codec(McpRemoteProperties.RequestState properties) {
		if (properties.keys().isEmpty()) {
			logger.warn("mcp.remote.request-state.keys is not set: calls that ask their client for input can only be"
					+ " continued on this replica, and not after a restart");
			return RequestStateCodec.withGeneratedKey();
		}
		try {
			return RequestStateCodec.withKeys(properties.keys());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.request-state.keys", "******",
					"Each key must be 32 random bytes in Base64, for example from 'openssl rand -base64 32'.");
		}
	}

}
