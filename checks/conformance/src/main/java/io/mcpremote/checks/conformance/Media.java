// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

/**
 * The smallest media files there are, in Base64.
 */
final class Media {

	static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

	static final String WAV = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

	private Media() {
	}

}
