// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

/**
 * What may wait at most.
 *
 * @param events how many events
 * @param bytes how many bytes they may take
 */
record QueueLimit(int events, long bytes) {

	static QueueLimit of(McpRemoteAuditProperties properties) {
		return new QueueLimit(properties.queueSize(), properties.queueMemory().toBytes());
	}

	/**
	 * Return whether there is room for two loads together.
	 */
	boolean holds(long load, long other) {
		return QueueLoad.events(load) + QueueLoad.events(other) <= this.events
				&& QueueLoad.bytes(load) + QueueLoad.bytes(other) <= this.bytes;
	}

}
