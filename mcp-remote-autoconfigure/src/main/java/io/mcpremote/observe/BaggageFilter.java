// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Leaves of the baggage in the headers of a request what is expected, before a tracer
 * takes all of it and hands it on to other services.
 */
final class BaggageFilter implements Filter {

	private static final String HEADER = "baggage";

	private final Set<String> names;

	/**
	 * Create a filter.
	 * @param names the names of the entries that are expected
	 */
	BaggageFilter(Set<String> names) {
		this.names = names;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request instanceof HttpServletRequest http && http.getHeader(HEADER) != null) {
			String all = String.join(",", Collections.list(http.getHeaders(HEADER)));
			chain.doFilter(new ExpectedBaggage(http, BaggageEntries.allowed(all, this.names)), response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	/**
	 * A request with no other baggage than is expected.
	 */
	private static final class ExpectedBaggage extends HttpServletRequestWrapper {

		private final @Nullable String baggage;

		ExpectedBaggage(HttpServletRequest request, @Nullable String baggage) {
			super(request);
			this.baggage = baggage;
		}

		@Override
		public @Nullable String getHeader(String name) {
			return (HEADER.equalsIgnoreCase(name)) ? this.baggage : super.getHeader(name);
		}

		@Override
		public Enumeration<String> getHeaders(String name) {
			if (!HEADER.equalsIgnoreCase(name)) {
				return super.getHeaders(name);
			}
			return Collections.enumeration((this.baggage != null) ? List.of(this.baggage) : List.of());
		}

		@Override
		public Enumeration<String> getHeaderNames() {
			List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
			names.removeIf((name) -> this.baggage == null && HEADER.equalsIgnoreCase(name));
			return Collections.enumeration(names);
		}

	}

}
