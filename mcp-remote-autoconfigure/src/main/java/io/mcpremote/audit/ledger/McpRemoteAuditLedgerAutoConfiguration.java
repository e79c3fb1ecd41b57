// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

import io.mcpremote.call.StartupException;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for audit records in chained files. There are none unless a
 * directory is named.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "mcp.remote.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "mcp.remote.audit.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty("mcp.remote.audit.file.directory")
@EnableConfigurationProperties({ McpRemoteAuditLedgerProperties.class, McpRemoteAuditFileProperties.class })
public final class McpRemoteAuditLedgerAutoConfiguration {

	private final Clock clock = Clock.systemUTC();

	@Bean
	FileAuditSink mcpRemoteFileAuditSink(McpRemoteAuditLedgerProperties ledger, McpRemoteAuditFileProperties file) {
		LedgerKeys keys = AuditLedgerPropertyChecks.keysToWrite(ledger);
		LedgerSettings settings = AuditLedgerPropertyChecks.settings(ledger, file);
		Path directory = AuditLedgerPropertyChecks.directory("mcp.remote.audit.file.directory", file.directory());
		try {
			OwnedFiles.createDirectories(directory);
			CheckpointFiles files = checkpointFiles(ledger, directory, "");
			Checkpoints checkpoints = new Checkpoints(files, LogFactory.getLog(Checkpoints.LOGGER),
					LogFactory.getLog(Checkpoints.class));
			return new FileAuditSink(new LedgerDirectory(directory), keys, settings, files, checkpoints,
					ProcessName.get(), LedgerFile::new, new SecureRandom(), this.clock);
		}
		catch (IOException ex) {
			throw new StartupException(
					"Audit records cannot be kept in " + directory + " (mcp.remote.audit.file.directory): "
							+ ex.getClass().getSimpleName() + ": " + ex.getMessage(),
					"Let the user that runs the application create, read and write files there, or name another"
							+ " directory on a disk of this machine.",
					ex);
		}
	}

	@Bean
	LedgerTimer mcpRemoteFileAuditTimer(FileAuditSink sink, McpRemoteAuditLedgerProperties ledger) {
		return new LedgerTimer("files", sink::tick, sink::flush, ledger.checkpointInterval());
	}

	/**
	 * Return where checkpoints are kept as well.
	 * @param otherwise the directory if none is configured
	 * @param within the part of it for one ledger, as no two share checkpoints
	 */
	static @Nullable CheckpointFiles checkpointFiles(McpRemoteAuditLedgerProperties ledger, @Nullable Path otherwise,
			String within) throws IOException {
		String configured = ledger.checkpointDirectory();
		if (configured == null) {
			LogFactory.getLog(Checkpoints.class)
				.warn("Checkpoints of the audit ledger are kept beside it, where whoever can delete records can delete"
						+ " them too. Name another place with mcp.remote.audit.ledger.checkpoint-directory, or ship the log "
						+ Checkpoints.LOGGER + ".");
		}
		Path directory = (configured != null)
				? AuditLedgerPropertyChecks.directory("mcp.remote.audit.ledger.checkpoint-directory", configured)
					.resolve(within)
				: otherwise;
		if (directory == null) {
			return null;
		}
		OwnedFiles.createDirectories(directory);
		return new CheckpointFiles(directory);
	}

}
