// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of audit records that cannot be changed unnoticed, wherever they are kept.
 *
 * @param keys Secrets with which records are chained. The first one is used for new
 * records, all verify.
 * @param signingKeys Ed25519 keys with which checkpoints are signed, so that whoever
 * verifies cannot forge them. The first one signs, all verify.
 * @param checkpointEvents After how many events a signed checkpoint is written.
 * @param checkpointInterval After which time a signed checkpoint is written if there are
 * new events.
 * @param checkpointDirectory Directory where checkpoints are kept as well, best on
 * another volume. Beside the audit files if not set.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.audit.ledger")
public record McpRemoteAuditLedgerProperties(@DefaultValue List<Key> keys, @DefaultValue List<KeyPair> signingKeys,
		@DefaultValue("1000") int checkpointEvents, @DefaultValue("60s") Duration checkpointInterval,
		@Nullable String checkpointDirectory) {

	/**
	 * A secret.
	 *
	 * @param id Name of the secret, which is written to the records.
	 * @param secret At least 32 bytes in Base64.
	 */
	public record Key(@Nullable String id, @Nullable String secret) {

		@Override
		public String toString() {
			return "Key[id=" + this.id + "]";
		}

	}

	/**
	 * A pair of keys.
	 *
	 * @param id Name of the pair, which is written to the checkpoints.
	 * @param publicKey Public key, PEM or Base64 (X.509).
	 * @param privateKey Private key, PEM or Base64 (PKCS #8). Not needed to verify.
	 */
	public record KeyPair(@Nullable String id, @Nullable String publicKey, @Nullable String privateKey) {

		@Override
		public String toString() {
			return "KeyPair[id=" + this.id + "]";
		}

	}

}
