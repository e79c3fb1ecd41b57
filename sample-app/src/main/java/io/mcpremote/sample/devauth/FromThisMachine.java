// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Requests of whoever sits at this machine. Those that a tunnel passes on come from here
 * as well, but ask for another host, or have a header that says whose they are; those of
 * a balancer on this machine have headers that say the same.
 */
final class FromThisMachine implements RequestMatcher {

	private static final List<String> PASSED_ON = List.of("X-Forwarded-For", "X-Real-IP", "X-Forwarded-Host");

	@Override
	public boolean matches(HttpServletRequest request) {
		return Loopback.isLoopback(request.getRemoteAddr()) && Loopback.isLoopback(request.getServerName())
		// It can say the same in more ways than anybody wants to read
				&& request.getHeader("Forwarded") == null
				&& PASSED_ON.stream().allMatch((header) -> isFromHere(request, header));
	}

	private static boolean isFromHere(HttpServletRequest request, String header) {
		return Collections.list(request.getHeaders(header))
			.stream()
			.flatMap((values) -> Arrays.stream(values.split(",", -1)))
			.map(String::strip)
			.allMatch((value) -> Loopback.isLoopback(value) || Loopback.isLoopback(withoutPort(value)));
	}

	private static String withoutPort(String value) {
		return value.replaceFirst(":\\d{1,5}$", "");
	}

}
