// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import io.mcpremote.command.CommandOutput;
import io.mcpremote.command.OnlyWhatIsAskedFor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for an application that was started to verify audit records.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnNotWebApplication
@ConditionalOnProperty(AuditVerifyEnvironmentPostProcessor.VERIFY)
@EnableConfigurationProperties(McpRemoteAuditLedgerProperties.class)
public final class McpRemoteAuditVerifyAutoConfiguration {

	/**
	 * Nothing is written to the records either.
	 */
	@Bean
	static OnlyWhatIsAskedFor mcpRemoteOnlyTheVerification() {
		return new OnlyWhatIsAskedFor(AuditVerifyCommand.class);
	}

	@Bean
	AuditVerifyCommand mcpRemoteAuditVerifyCommand(McpRemoteAuditLedgerProperties properties, Environment environment,
			ObjectProvider<JdbcLedger> ledger) {
		return new AuditVerifyCommand(AuditLedgerPropertyChecks.keysToVerify(properties),
				environment.getRequiredProperty(AuditVerifyEnvironmentPostProcessor.VERIFY),
				properties.checkpointDirectory(), environment.getProperty("mcp.remote.audit.verify-checkpoints"),
				ledger, CommandOutput.standard(), System::exit);
	}

}
