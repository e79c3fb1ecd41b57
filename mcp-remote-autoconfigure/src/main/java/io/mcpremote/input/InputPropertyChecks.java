// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.nio.file.Path;
import java.util.Set;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Refuses values of properties that would allow something else than was meant.
 */
final class InputPropertyChecks {

	private static final Set<String> SCHEMES = Set.of("http", "https");

	private static final DataSize MAX_SIZE = DataSize.ofGigabytes(1);

	private InputPropertyChecks() {
	}

	static void check(McpRemoteInputProperties properties) {
		properties.allowedDirectories().forEach((directory) -> {
			if (directory.isBlank() || !Path.of(directory).isAbsolute()) {
				throw invalid("allowed-directories", directory, "Each directory must be absolute.");
			}
		});
		McpRemoteInputProperties.Url url = properties.url();
		url.schemes().forEach((scheme) -> {
			if (!SCHEMES.contains(scheme)) {
				throw invalid("url.schemes", scheme, "It must be http or https.");
			}
		});
		url.hosts().forEach((host) -> {
			if (!HostPattern.isValid(host)) {
				throw invalid("url.hosts", host,
						"It must be a host name such as api.example.com, all below a domain such as *.example.com,"
								+ " or an asterisk, and may end in a port such as :8443.");
			}
		});
		if (url.timeout().isNegative() || url.timeout().isZero()) {
			throw invalid("url.timeout", url.timeout(), "It must be longer than zero.");
		}
		if (url.totalTimeout().isNegative() || url.totalTimeout().isZero()) {
			throw invalid("url.total-timeout", url.totalTimeout(), "It must be longer than zero.");
		}
		if (url.maxSize().toBytes() < 1 || url.maxSize().compareTo(MAX_SIZE) > 0) {
			throw invalid("url.max-size", url.maxSize(), "It must be between 1B and 1GB.");
		}
		if (url.maxRedirects() < 0 || url.maxRedirects() > 20) {
			throw invalid("url.max-redirects", url.maxRedirects(), "It must be between 0 and 20.");
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, Object value, String reason) {
		return new InvalidConfigurationPropertyValueException("mcp.remote.input." + name, value, reason);
	}

}
