// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the endpoint.
 *
 * @param publicUrl Full URL under which clients reach the endpoint. Must be https unless
 * it is on the loopback interface.
 * @param allowedOrigins Comma-separated list of origins of web pages that may use the
 * endpoint; an asterisk allows all. By default the origin of the public URL and, if that
 * is on the loopback interface or not set, all loopback origins.
 * @param allowedHosts Comma-separated list of host names under which the endpoint may be
 * reached; an asterisk allows all. By default, for requests without authentication, the
 * loopback interface and the host of the public URL.
 * @param message Bounds of incoming messages.
 * @param list Lists of tools, prompts and resources.
 * @param stream Streams of events.
 * @param requestState State that travels through clients between the rounds of a call.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote")
public record McpRemoteProperties(@Nullable URI publicUrl, @DefaultValue List<String> allowedOrigins,
		@DefaultValue List<String> allowedHosts, @DefaultValue Message message, @DefaultValue Listing list,
		@DefaultValue Stream stream, @DefaultValue RequestState requestState) {

	/**
	 * Bounds of incoming messages.
	 *
	 * @param maxSize Size of the largest body.
	 * @param maxDepth Depth to which JSON may be nested.
	 * @param maxStringLength Length of the longest string.
	 * @param maxArrayLength Number of elements of the longest array and of members of the
	 * largest object.
	 * @param maxBatchSize Number of messages in the largest batch.
	 */
	public record Message(@DefaultValue("1MB") DataSize maxSize, @DefaultValue("64") int maxDepth,
			@DefaultValue("1000000") int maxStringLength, @DefaultValue("10000") int maxArrayLength,
			@DefaultValue("50") int maxBatchSize) {

	}

	/**
	 * Lists of tools, prompts and resources.
	 *
	 * @param pageSize Number of entries on a page.
	 * @param timeToLive Time for which clients may keep a list.
	 */
	public record Listing(@DefaultValue("500") int pageSize, @DefaultValue("0s") Duration timeToLive) {

	}

	/**
	 * Streams of events.
	 *
	 * @param longCallAfter Time after which the answer to a call becomes a stream, so
	 * that the connection stays alive and its loss is noticed.
	 * @param callHeartbeat Time between signs of life in the answer to a long call.
	 * @param keepAlive Time between signs of life on streams that clients listen to.
	 * @param maxOpen Number of streams that may be listened to at the same time.
	 * @param maxOpenPerCaller Number of streams one caller may listen to at the same
	 * time.
	 */
	public record Stream(@DefaultValue("2s") Duration longCallAfter, @DefaultValue("2s") Duration callHeartbeat,
			@DefaultValue("15s") Duration keepAlive, @DefaultValue("4096") int maxOpen,
			@DefaultValue("64") int maxOpenPerCaller) {

	}

	/**
	 * State that travels through clients between the rounds of a call.
	 *
	 * @param keys Comma-separated list of Base64 encoded 256-bit keys. The first one
	 * encrypts, all decrypt. Generated when the application starts if not set, which only
	 * works for one replica.
	 * @param timeToLive Time a client has to come back with its answers.
	 */
	public record RequestState(@DefaultValue List<String> keys, @DefaultValue("10m") Duration timeToLive) {

		@Override
		public String toString() {
			return "RequestState[keys=" + this.keys.size() + ", timeToLive=" + this.timeToLive + "]";
		}

	}

}
