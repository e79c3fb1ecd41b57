// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.time.Clock;
import java.util.function.LongSupplier;

import io.mcpremote.call.Catalog;
import io.mcpremote.operate.CallStatistics;
import io.mcpremote.operate.McpRemoteOperateAutoConfiguration;
import io.mcpremote.operate.OperatorRole;
import io.mcpremote.operate.PolicyRows;
import io.mcpremote.operate.ServerReport;
import io.mcpremote.resilience.Breakers;
import io.mcpremote.transport.McpRemoteTransportAutoConfiguration;
import io.mcpremote.transport.Traffic;
import io.mcpremote.wire.EndpointLocation;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for a page that shows operators what goes on.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { McpRemoteTransportAutoConfiguration.class, McpRemoteOperateAutoConfiguration.class })
@ConditionalOnBooleanProperty("mcp.remote.console.enabled")
@ConditionalOnBean({ McpRemoteTransportAutoConfiguration.class, CallStatistics.class })
@EnableConfigurationProperties(McpRemoteConsoleProperties.class)
public final class McpRemoteConsoleAutoConfiguration {

	private static final String LOGIN = "springSecurityFilterChain";

	private final Clock clock = Clock.systemUTC();

	private final LongSupplier ticker = System::nanoTime;

	@Bean
	Activity mcpRemoteConsoleActivity() {
		return new Activity(this.ticker);
	}

	@Bean
	ActivityGuard mcpRemoteConsoleGuard(Activity activity) {
		return new ActivityGuard(activity);
	}

	@Bean
	AuditTail mcpRemoteConsoleAuditTail() {
		return new AuditTail(ConsoleFeed.MAX_EVENTS);
	}

	@Bean
	ConsoleFeed mcpRemoteConsoleFeed(ServerReport report, PolicyRows policies, CallStatistics statistics,
			Catalog catalog, Traffic traffic, ObjectProvider<Breakers> breakers, Activity activity, AuditTail tail) {
		return new ConsoleFeed(report, policies, statistics, catalog, traffic, breakers::getIfAvailable, activity,
				tail);
	}

	@Bean
	ConsoleViewers mcpRemoteConsoleViewers(ConsoleFeed feed, McpRemoteConsoleProperties properties) {
		return new ConsoleViewers(feed, properties.maxViewers(), this.clock);
	}

	@Bean
	@ConditionalOnBooleanProperty("mcp.remote.console.unsecured")
	LoopbackAccess mcpRemoteConsoleLoopbackAccess(Environment environment) {
		ProxyCheck.check(environment);
		return LoopbackAccess.create();
	}

	@Bean
	@ConditionalOnBooleanProperty("mcp.remote.console.unsecured")
	UnsecuredNotice mcpRemoteConsoleUnsecuredNotice(LoopbackAccess access, McpRemoteConsoleProperties properties,
			Environment environment) {
		return new UnsecuredNotice(access, properties, environment);
	}

	/**
	 * What it needs is looked for when the first request comes, since servlets are made
	 * before tools are known.
	 */
	@Bean
	ServletRegistrationBean<ConsoleServlet> mcpRemoteConsole(McpRemoteConsoleProperties properties,
			EndpointLocation location, ObjectProvider<LoopbackAccess> loopback, ListableBeanFactory beans) {
		boolean login = beans.containsBean(LOGIN);
		ConsolePropertyChecks.check(properties, location.path());
		ConsolePropertyChecks.check(properties, login);
		ConsoleAccess access = (login) ? new RoleAccess(OperatorRole.of(properties.role(), beans))
				: loopback.getObject();
		ServletRegistrationBean<ConsoleServlet> registration = new ServletRegistrationBean<>(
				new ConsoleServlet(ConsolePage.load(), access, beans.getBeanProvider(ConsoleViewers.class)::getObject),
				properties.path(), properties.path() + "/*");
		registration.setName("mcpRemoteConsole");
		registration.setAsyncSupported(true);
		return registration;
	}

}
