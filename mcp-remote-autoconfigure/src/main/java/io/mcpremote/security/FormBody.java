// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes forms that contain secrets. Spring logs the body of a request as it is given,
 * and of bytes there is nothing to be read.
 */
final class FormBody {

	private FormBody() {
	}

	static byte[] of(Map<String, List<String>> form) {
		List<String> fields = new ArrayList<>();
		form.forEach((name, values) -> values.forEach((value) -> fields.add(encode(name) + '=' + encode(value))));
		return String.join("&", fields).getBytes(StandardCharsets.US_ASCII);
	}

	static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

}
