// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of audit records in files.
 *
 * @param directory Directory where audit records are kept in chained files. None are kept
 * in files if not set.
 * @param maxSize Size at which another file is begun.
 * @param maxAge Age at which another file is begun.
 * @param retention How long records are kept.
 * @param sync When records are made to outlive a loss of power. They outlive the process
 * in any case.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.audit.file")
public record McpRemoteAuditFileProperties(@Nullable String directory, @DefaultValue("100MB") DataSize maxSize,
		@DefaultValue("1d") Duration maxAge, @DefaultValue("90d") Duration retention,
		@DefaultValue("always") Sync sync) {

	/**
	 * When the operating system is asked to write to the disk.
	 */
	public enum Sync {

		/**
		 * Before records count as kept.
		 */
		ALWAYS,

		/**
		 * With each checkpoint.
		 */
		CHECKPOINT

	}

}
