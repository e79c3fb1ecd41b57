// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;

import io.mcpremote.call.StartupException;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for audit records in chained rows of a table. Off unless switched
 * on.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "mcp.remote.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "mcp.remote.audit.enabled", matchIfMissing = true)
@Conditional(McpRemoteAuditJdbcAutoConfiguration.WantedCondition.class)
@EnableConfigurationProperties({ McpRemoteAuditLedgerProperties.class, McpRemoteAuditJdbcProperties.class })
public final class McpRemoteAuditJdbcAutoConfiguration {

	/**
	 * There can be a database.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JdbcTemplate.class)
	static class DatabaseConfiguration {

		@Bean
		JdbcLedger mcpRemoteJdbcLedger(ListableBeanFactory beans, McpRemoteAuditJdbcProperties jdbc) {
			return new JdbcLedger(AuditDatabase.find(beans, jdbc.dataSource()),
					(source) -> AuditDatabase.initialize(source, jdbc));
		}

		@Bean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		@ConditionalOnBooleanProperty("mcp.remote.audit.jdbc.enabled")
		JdbcAuditSink mcpRemoteJdbcAuditSink(JdbcLedger ledger, McpRemoteAuditLedgerProperties properties,
				McpRemoteAuditJdbcProperties jdbc) {
			LedgerKeys keys = AuditLedgerPropertyChecks.keysToWrite(properties);
			LedgerSettings settings = AuditLedgerPropertyChecks.settings(properties, jdbc);
			try {
				CheckpointFiles files = McpRemoteAuditLedgerAutoConfiguration.checkpointFiles(properties, null, "jdbc");
				Checkpoints checkpoints = new Checkpoints(files, LogFactory.getLog(Checkpoints.LOGGER),
						LogFactory.getLog(Checkpoints.class));
				return new JdbcAuditSink(ledger, keys, settings, (files != null) ? files.directory() : null,
						checkpoints, ProcessName.get(), new SecureRandom(), Clock.systemUTC());
			}
			catch (IOException ex) {
				throw new StartupException(
						"Checkpoints of audit records cannot be kept in " + properties.checkpointDirectory()
								+ " (mcp.remote.audit.ledger.checkpoint-directory): " + ex.getMessage(),
						"Let the user that runs the application write there, or name another directory.", ex);
			}
		}

		/**
		 * Once all beans are there, so is what migrates the database.
		 */
		@Bean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		@ConditionalOnBooleanProperty("mcp.remote.audit.jdbc.enabled")
		SmartInitializingSingleton mcpRemoteJdbcAuditStart(JdbcAuditSink sink,
				@Qualifier("mcpRemoteJdbcAuditTimer") ObjectProvider<LedgerTimer> timer) {
			return () -> {
				AuditDatabase.begin(sink);
				timer.getObject();
			};
		}

		@Bean
		@Lazy
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		@ConditionalOnBooleanProperty("mcp.remote.audit.jdbc.enabled")
		LedgerTimer mcpRemoteJdbcAuditTimer(JdbcAuditSink sink, McpRemoteAuditLedgerProperties properties) {
			return new LedgerTimer("jdbc", sink::tick, sink::flush, properties.checkpointInterval());
		}

	}

	/**
	 * There cannot be a database.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.jdbc.core.JdbcTemplate")
	static class NoDatabaseConfiguration {

		@Bean
		AuditLedger mcpRemoteJdbcAuditLedger() {
			throw AuditLedgerPropertyChecks.withoutDatabase();
		}

	}

	/**
	 * Whether records are kept in a table, or are to be verified there.
	 */
	static class WantedCondition extends AnyNestedCondition {

		WantedCondition() {
			super(ConfigurationPhase.PARSE_CONFIGURATION);
		}

		@ConditionalOnBooleanProperty("mcp.remote.audit.jdbc.enabled")
		static class Kept {

		}

		@ConditionalOnProperty(name = AuditVerifyEnvironmentPostProcessor.VERIFY,
				havingValue = AuditVerifyEnvironmentPostProcessor.JDBC)
		static class Verified {

		}

	}

}
