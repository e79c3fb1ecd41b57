// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.Revision;
import io.mcpremote.operate.ServerDescription.Issuer;
import io.mcpremote.operate.ServerDescription.Keys;
import io.mcpremote.operate.ServerDescription.RequestState;
import io.mcpremote.security.KeySets;
import io.mcpremote.session.McpRemoteSessionProperties;
import io.mcpremote.session.SessionStore;
import io.mcpremote.transport.McpRemoteProperties;
import io.mcpremote.transport.Traffic;
import io.mcpremote.wire.EndpointLocation;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerProperties;
import org.springframework.context.ApplicationContext;

/**
 * Finds out how the server stands, when it is asked.
 *
 * @since 0.1.0
 */
public final class ServerReport {

	private final ApplicationContext context;

	private final Clock clock;

	/**
	 * Create a report.
	 * @param context the application
	 * @param clock tells how old things are
	 */
	ServerReport(ApplicationContext context, Clock clock) {
		this.context = context;
		this.clock = clock;
	}

	/**
	 * Return how the server stands.
	 * @return the server as it is now
	 */
	public ServerDescription describe() {
		EndpointLocation location = this.context.getBean(EndpointLocation.class);
		Traffic traffic = this.context.getBean(Traffic.class);
		McpServerProperties server = this.context.getBeanProvider(McpServerProperties.class).getIfAvailable();
		return new ServerDescription((server != null) ? server.getName() : "",
				(server != null) ? server.getVersion() : "", location.resource(), location.path(),
				Revision.newestFirst(), new AuthenticationWords(this.context.getEnvironment(), this.context).toString(),
				guards(), new Stores(this.context).kinds(), sessions(), traffic.streams(), traffic.calls(), keys());
	}

	/**
	 * Return how many sessions there are.
	 * @return the number, {@code null} if the store does not know
	 */
	public @Nullable Integer openSessions() {
		OptionalInt open = (sessionProperties() != null) ? this.context.getBean(SessionStore.class).count()
				: OptionalInt.of(0);
		return (open.isPresent()) ? open.getAsInt() : null;
	}

	private List<String> guards() {
		Set<String> stages = new LinkedHashSet<>();
		for (CallGuard guard : this.context.getBean(CallPipeline.class).guards()) {
			stages.add(guard.stage().name().toLowerCase(Locale.ROOT));
		}
		return List.copyOf(stages);
	}

	private ServerDescription.Sessions sessions() {
		McpRemoteSessionProperties properties = sessionProperties();
		return new ServerDescription.Sessions(properties != null, openSessions(),
				(properties != null) ? properties.maxTotal() : 0);
	}

	/**
	 * Return the properties of sessions, {@code null} if there are none. An application
	 * may bind them all the same.
	 */
	private @Nullable McpRemoteSessionProperties sessionProperties() {
		McpRemoteSessionProperties properties = this.context.getBeanProvider(McpRemoteSessionProperties.class)
			.getIfAvailable();
		return (properties != null && properties.enabled()) ? properties : null;
	}

	private Keys keys() {
		Instant now = this.clock.instant();
		int configured = this.context.getBean(McpRemoteProperties.class).requestState().keys().size();
		long inUse = Duration.between(Instant.ofEpochMilli(this.context.getStartupDate()), now).toSeconds();
		List<Issuer> issuers = new ArrayList<>();
		for (KeySets sets : this.context.getBeanProvider(KeySets.class)) {
			for (KeySets.KeySet set : sets.keySets()) {
				issuers.add(new Issuer(set.issuer(), set.keys(),
						(set.read() != null) ? Duration.between(set.read(), now).toSeconds() : null, set.failing()));
			}
		}
		return new Keys(new RequestState(configured, Math.max(0, inUse)), issuers);
	}

}
