// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of what tools may be asked to open.
 *
 * @param allowedDirectories Comma-separated list of directories that paths must lie in
 * where a constraint names none.
 * @param url URLs that tools are asked to open.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.input")
public record McpRemoteInputProperties(@DefaultValue List<String> allowedDirectories, @DefaultValue Url url) {

	/**
	 * URLs that tools are asked to open.
	 *
	 * @param schemes Comma-separated list of their schemes.
	 * @param hosts Comma-separated list of their hosts; an asterisk and a dot in front
	 * stand for all below a domain, an asterisk alone for all with public addresses. Each
	 * may end in a colon and a port, or an asterisk for all ports; without, it is the
	 * usual port of the scheme.
	 * @param timeout Time a host has to accept a connection, and to go on answering.
	 * @param totalTimeout Time for all of it, from looking up the host to the end of the
	 * answer, redirects included.
	 * @param maxSize Size of the largest answer that is read.
	 * @param maxRedirects Number of redirects that are followed.
	 */
	public record Url(@DefaultValue("https") List<String> schemes, @DefaultValue List<String> hosts,
			@DefaultValue("10s") Duration timeout, @DefaultValue("30s") Duration totalTimeout,
			@DefaultValue("1MB") DataSize maxSize, @DefaultValue("5") int maxRedirects) {

	}

}
