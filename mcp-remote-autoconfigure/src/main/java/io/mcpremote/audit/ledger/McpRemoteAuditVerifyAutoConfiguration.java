// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
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
	 * There are only the beans that the verification needs, so that nothing listens,
	 * polls or connects, and nothing is written to the records.
	 */
	@Bean
	static BeanFactoryPostProcessor mcpRemoteOnlyTheVerification() {
		return (beans) -> {
			for (String name : beans.getBeanDefinitionNames()) {
				beans.getBeanDefinition(name).setLazyInit(true);
			}
			for (String name : beans.getBeanNamesForType(AuditVerifyCommand.class, true, false)) {
				beans.getBeanDefinition(name).setLazyInit(false);
			}
		};
	}

	@Bean
	AuditVerifyCommand mcpRemoteAuditVerifyCommand(McpRemoteAuditLedgerProperties properties, Environment environment,
			ObjectProvider<JdbcLedger> ledger) {
		return new AuditVerifyCommand(AuditLedgerPropertyChecks.keysToVerify(properties),
				environment.getRequiredProperty(AuditVerifyEnvironmentPostProcessor.VERIFY),
				properties.checkpointDirectory(), environment.getProperty("mcp.remote.audit.verify-checkpoints"),
				ledger, new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
				System::exit);
	}

}
