// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.CatalogDecorator;
import io.mcpremote.call.CatalogFilter;
import io.mcpremote.call.ReactiveContextSource;
import io.mcpremote.call.ResultSnapshot;
import io.mcpremote.call.StartupException;
import io.mcpremote.call.ThrownTranslator;
import io.mcpremote.notify.NotificationHub;
import io.mcpremote.session.McpRemoteSessionProperties;
import io.mcpremote.session.Sessions;
import io.mcpremote.wire.CallerResolver;
import io.mcpremote.wire.OutcomeWriter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerStreamableHttpProperties;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Configures the two eras of the protocol and what lies between them and the server. None
 * of it depends on conditions, so that Spring need not keep what it knows of a method for
 * each of these beans.
 */
final class EraConfiguration extends SuppliedBeans {

	private static final Log logger = LogFactory.getLog(EraConfiguration.class);

	private final Clock clock = Clock.systemUTC();

	private final LongSupplier ticker = System::nanoTime;

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		add(registry, "mcpRemoteServerCatalog", ServerCatalog.class);
		add(registry, "mcpRemoteSnapshots", ResultSnapshot.Maker.class);
		add(registry, "mcpRemoteCallsInFlight", CallsInFlight.class);
		add(registry, "mcpRemoteOpenStreams", OpenStreams.class);
		add(registry, "mcpRemoteCurrentCaller", CallerScope.class);
		add(registry, "mcpRemoteCallPipeline", CallPipeline.class);
		add(registry, "mcpRemoteRequestHandlers", RequestHandlers.class);
		add(registry, "mcpRemoteTransportLifecycle", TransportLifecycle.class);
	}

	@Override
	Object make(String name, SupplierContext context) {
		return switch (name) {
			case "mcpRemoteServerCatalog" -> catalog(context);
			case "mcpRemoteSnapshots" -> new JsonSnapshots(context.bean(TransportJson.class).mapper());
			case "mcpRemoteCallsInFlight" -> callsInFlight(context);
			case "mcpRemoteOpenStreams" -> openStreams(context);
			case "mcpRemoteCurrentCaller" -> new CallerScope();
			case "mcpRemoteCallPipeline" -> pipeline(context);
			case "mcpRemoteRequestHandlers" -> handlers(context);
			case "mcpRemoteTransportLifecycle" -> lifecycle(context);
			default -> throw unknown(name);
		};
	}

	private ServerCatalog catalog(SupplierContext context) {
		// The filter may need the catalog itself, by way of the application's beans
		ObjectProvider<CatalogFilter> filters = context.beanProvider(CatalogFilter.class);
		ObjectProvider<CatalogDecorator> decorators = context.beanProvider(CatalogDecorator.class);
		return new ServerCatalog(context.bean(RemoteTransportProvider.class),
				context.bean(TransportJson.class).writer(), context.bean(McpRemoteProperties.class).list().pageSize(),
				SingletonSupplier.of(() -> filters.getIfAvailable(Unfiltered::new)),
				SingletonSupplier.of(() -> decorators.orderedStream().toList()));
	}

	private CallsInFlight callsInFlight(SupplierContext context) {
		McpRemoteProperties.Stream properties = context.bean(McpRemoteProperties.class).stream();
		return new CallsInFlight(this.clock, this.ticker, properties.longCallAfter(), properties.callHeartbeat());
	}

	private OpenStreams openStreams(SupplierContext context) {
		McpRemoteProperties.Stream properties = context.bean(McpRemoteProperties.class).stream();
		return new OpenStreams(properties.maxOpen(), properties.maxOpenPerCaller(), context.bean(CallerResolver.class));
	}

	private CallPipeline pipeline(SupplierContext context) {
		RemoteTransportProvider provider = context.bean(RemoteTransportProvider.class);
		ServerCatalog catalog = context.bean(ServerCatalog.class);
		NotificationHub hub = context.bean(NotificationHub.class);
		TransportJson json = context.bean(TransportJson.class);
		Supplier<ServerDescription> description = SingletonSupplier
			.of(() -> new ServerDescription(provider.description(), json.mapper()));
		SessionMethods legacy = new SessionMethods(legacySessions(context), description, catalog::readable, hub,
				provider.interest(), json.writer());
		ModernMethods modern = new ModernMethods(description, catalog::isAnythingPublic, catalog::readable, hub,
				provider.interest(), json.writer());
		TargetScope scope = new TargetScope(context.bean(CallerScope.class),
				context.beanProvider(ReactiveContextSource.class).orderedStream().toList(),
				context.beanProvider(ThrownTranslator.class).orderedStream().toList());
		TargetMethods targets = new TargetMethods(provider, catalog, scope, this.clock);
		List<CallGuard> guards = new ArrayList<>(List.of(new AnswerGuard(), new ParamHeaderGuard(catalog)));
		context.beanProvider(CallGuard.class).orderedStream().forEach(guards::add);
		return new CallPipeline(guards, new Dispatcher(catalog, targets, legacy, modern));
	}

	private RequestHandlers handlers(SupplierContext context) {
		RemoteTransportProvider provider = context.bean(RemoteTransportProvider.class);
		CallsInFlight calls = context.bean(CallsInFlight.class);
		OpenStreams streams = context.bean(OpenStreams.class);
		TransportJson json = context.bean(TransportJson.class);
		McpRemoteProperties properties = context.bean(McpRemoteProperties.class);
		OutcomeWriter outcomes = new OutcomeWriter(json.writer());
		RefusalEvents refusals = context.bean(RefusalEvents.class);
		CallRunner runner = new CallRunner(context.bean(CallPipeline.class), calls, streams, outcomes, json.writer());
		LegacySessions sessions = legacySessions(context);
		LegacyEra legacy = new LegacyEra(provider, sessions, calls, json.writer(), json.sdk(), questions(context),
				this.clock);
		RequestRounds rounds = new RequestRounds(codec(properties.requestState(), context.bean(UsedStates.class)),
				context.bean(UsedStates.class), this.clock, properties.requestState().timeToLive(), json.mapper());
		ModernResults results = new ModernResults(json.writer(), json.mapper(),
				() -> provider.description().serverInfo(), properties.list().timeToLive());
		ModernEra modern = new ModernEra(provider, rounds, results, json.sdk(), this.clock);
		return new RequestHandlers(
				new PostHandler(legacy, modern, runner, outcomes, streams, refusals,
						properties.message().maxBatchSize()),
				new StreamHandler(legacy, sessions, runner, streams,
						!context.bean(McpServerStreamableHttpProperties.class).isDisallowDelete()));
	}

	private static OpenQuestions questions(SupplierContext context) {
		McpRemoteSessionProperties properties = context.beanProvider(McpRemoteSessionProperties.class).getIfAvailable();
		// Without a session nobody can be asked
		return (properties != null) ? new OpenQuestions(properties.answerTimeout(), properties.maxQuestions(),
				properties.maxQuestionsPerCaller()) : new OpenQuestions(Duration.ZERO, 0, 0);
	}

	private static LegacySessions legacySessions(SupplierContext context) {
		Sessions sessions = context.beanProvider(Sessions.class).getIfAvailable();
		return (sessions != null) ? LegacySessions.of(sessions, context.bean(McpRemoteSessionProperties.class))
				: LegacySessions.none();
	}

	private TransportLifecycle lifecycle(SupplierContext context) {
		return new TransportLifecycle(context.bean(CallsInFlight.class), context.bean(OpenStreams.class),
				context.beanProvider(Sessions.class).getIfAvailable(),
				context.bean(McpRemoteProperties.class).stream().keepAlive());
	}

	private static RequestStateCodec codec(McpRemoteProperties.RequestState properties, UsedStates used) {
		if (properties.keys().isEmpty()) {
			logger.warn("mcp.remote.request-state.keys is not set: calls that ask their client for input can only be"
					+ " continued on this replica, and not after a restart");
			return RequestStateCodec.withGeneratedKey();
		}
		if (used instanceof InMemoryUsedStates) {
			logger.warn(
					"mcp.remote.request-state.keys is set, but there is no UsedStates bean: what may be answered once,"
							+ " such as a confirmation, can be once on each replica that has these keys");
		}
		try {
			return RequestStateCodec.withKeys(properties.keys());
		}
		catch (IllegalArgumentException ex) {
			// Spring Boot's own exception for values has its analyzer show the value
			throw new StartupException("A key of mcp.remote.request-state.keys is not valid.",
					"Each key must be 32 random bytes in Base64, for example from 'openssl rand -base64 32'.");
		}
	}

}
