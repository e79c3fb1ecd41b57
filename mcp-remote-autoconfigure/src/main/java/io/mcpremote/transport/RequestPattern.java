// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.util.ClassUtils;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Tells the application's HTTP metrics which endpoint a request is for, as they know of
 * Spring MVC's handlers only.
 */
final class RequestPattern {

	private static final boolean OBSERVED = ClassUtils.isPresent("io.micrometer.observation.Observation",
			RequestPattern.class.getClassLoader());

	private RequestPattern() {
	}

	static void set(HttpServletRequest request) {
		if (OBSERVED) {
			Observed.set(request);
		}
	}

	/**
	 * Not loaded unless there is something to observe with.
	 */
	private static final class Observed {

		static void set(HttpServletRequest request) {
			ServerHttpObservationFilter.findObservationContext(request)
				.ifPresent(
						(ServerRequestObservationContext context) -> context.setPathPattern(request.getServletPath()));
		}

	}

}
