// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
	OpenStreams mcpRemoteOpenStreams(McpRemoteProperties properties) {
		return new OpenStreams(properties.stream().maxOpen(), properties.stream().maxOpenPerCaller());
	}

	@Bean
	ResourceInterest mcpRemoteResourceInterest(RemoteTransportProvider provider) {
		return new ResourceInterest(provider::watch, provider::unwatch);
	}

	@Bean
	LegacySessions mcpRemoteLegacySessions(Sessions sessions, McpRemoteSessionProperties properties) {
		return new LegacySessions(sessions, properties);
	}

	@Bean
	@ConditionalOnMissingBean(UsedStates.class)
	InMemoryUsedStates mcpRemoteUsedStates() {
		return new InMemoryUsedStates(this.clock);
	}

	@Bean
	RequestRounds mcpRemoteRequestRounds(McpRemoteProperties properties, UsedStates used, TransportJson json) {
		return new RequestRounds(codec(properties.requestState()), used, this.clock,
				properties.requestState().timeToLive(), json.mapper());
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
			ServerCatalog catalog, LegacySessions sessions, NotificationHub hub, ResourceInterest interest,
			TransportJson json, TargetScope scope) {
		Supplier<ServerDescription> description = SingletonSupplier
			.of(() -> new ServerDescription(provider.handlers().description(), json.mapper()));
		SessionMethods legacy = new SessionMethods(sessions, description, hub, interest, json.writer());
		ModernMethods modern = new ModernMethods(description, catalog::isAnythingPublic, hub, interest, json.writer());
		TargetMethods targets = new TargetMethods(provider, catalog, scope, this.clock);
		Map<String, MethodHandler> methods = new HashMap<>();
		for (ListKind kind : ListKind.values()) {
			methods.put(kind.method(), (call, running) -> catalog.page(kind, call, running));
		}
		for (String method : List.of(TargetMethods.TOOLS_CALL, TargetMethods.PROMPTS_GET, TargetMethods.RESOURCES_READ,
				TargetMethods.COMPLETE)) {
			methods.put(method, targets::handle);
		}
		methods.put("initialize", legacy::initialize);
		methods.put("ping", legacy::ping);
		methods.put("logging/setLevel", legacy::setLevel);
		methods.put("resources/subscribe", legacy::subscribe);
		methods.put("resources/unsubscribe", legacy::unsubscribe);
		methods.put(LegacyEra.OPEN_STREAM, legacy::openStream);
		methods.put("server/discover", modern::discover);
		methods.put("subscriptions/listen", modern::listen);
		return new CallPipeline(guards.orderedStream().toList(), new Dispatcher(methods));
	}

	@Bean
	CallRunner mcpRemoteCallRunner(CallPipeline pipeline, CallsInFlight calls, OpenStreams streams,
			TransportJson json) {
		return new CallRunner(pipeline, calls, streams, new OutcomeWriter(json.writer()), json.writer());
	}

	@Bean
	LegacyEra mcpRemoteLegacyEra(RemoteTransportProvider provider, LegacySessions sessions, CallsInFlight calls,
			TransportJson json, McpRemoteSessionProperties properties) {
		return new LegacyEra(provider, sessions, calls, json.writer(), json.sdk(), properties.answerTimeout(),
				this.clock);
	}

	@Bean
	ModernEra mcpRemoteModernEra(RemoteTransportProvider provider, RequestRounds rounds, TransportJson json,
			McpRemoteProperties properties) {
		ModernResults results = new ModernResults(json.writer(), json.mapper(),
				() -> provider.handlers().description().serverInfo(), properties.list().timeToLive());
		return new ModernEra(provider, rounds, results, json.sdk(), this.clock);
	}

	@Bean
	PostHandler mcpRemotePostHandler(LegacyEra legacy, ModernEra modern, CallRunner runner, OpenStreams streams,
			TransportJson json, McpRemoteProperties properties) {
		return new PostHandler(legacy, modern, runner, new OutcomeWriter(json.writer()), streams,
				properties.message().maxBatchSize());
	}

	@Bean
	StreamHandler mcpRemoteStreamHandler(LegacyEra legacy, LegacySessions sessions, CallRunner runner,
			OpenStreams streams, McpServerStreamableHttpProperties http) {
		return new StreamHandler(legacy, sessions, runner, streams, !http.isDisallowDelete());
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
