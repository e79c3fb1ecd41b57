// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import io.mcpremote.operate.console.ConsoleAccess.Decision;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Serves the page and what it shows. There is nothing to write to, so nothing can be
 * forged.
 */
@SuppressWarnings("serial") // Nobody does
final class ConsoleServlet extends HttpServlet {

	private static final String EVENTS = "/events";

	private final transient ConsolePage page;

	private final transient ConsoleAccess access;

	private final transient Supplier<ConsoleViewers> viewers;

	ConsoleServlet(ConsolePage page, ConsoleAccess access, Supplier<ConsoleViewers> viewers) {
		this.page = page;
		this.access = access;
		this.viewers = viewers;
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String path = request.getPathInfo();
		boolean events = EVENTS.equals(path);
		Decision decision = this.access.decide(request);
		if (decision == Decision.LOGIN && !events) {
			// The answer to that is the application's
			this.access.askForLogin();
		}
		protect(response);
		if (decision == Decision.LOGIN) {
			answer(response, 401, "Log in to this application first.");
		}
		else if (decision == Decision.REFUSED) {
			answer(response, 403, "The console is for operators of this server.");
		}
		else if (!"GET".equals(request.getMethod()) && !"HEAD".equals(request.getMethod())) {
			response.setHeader("Allow", "GET, HEAD");
			answer(response, 405, "There is nothing to write here.");
		}
		else if (events) {
			events(request, response);
		}
		else if (path == null || "/".equals(path)) {
			answer(response, 200, "text/html;charset=UTF-8", this.page.html());
		}
		else {
			answer(response, 404, "There is no such page.");
		}
	}

	private void events(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null && !"same-origin".equals(site)) {
			answer(response, 403, "Events are for the page of the console.");
		}
		else if ("HEAD".equals(request.getMethod())) {
			response.setHeader("Allow", "GET");
			answer(response, 405, "Events are to be read.");
		}
		else if (!this.viewers.get().open(request, response, this.access.standing(request))) {
			response.setHeader("Retry-After", "30");
			answer(response, 503, "Too many pages of the console are open. Close one of them.");
		}
	}

	private void protect(HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", this.page.policy());
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("X-Frame-Options", "DENY");
		response.setHeader("Referrer-Policy", "no-referrer");
		response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
		response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
		response.setHeader("Cache-Control", "no-store");
	}

	private static void answer(HttpServletResponse response, int status, String text) throws IOException {
		answer(response, status, "text/plain;charset=UTF-8", text.getBytes(StandardCharsets.UTF_8));
	}

	private static void answer(HttpServletResponse response, int status, String type, byte[] content)
			throws IOException {
		response.setStatus(status);
		response.setContentType(type);
		response.setContentLength(content.length);
		response.getOutputStream().write(content);
	}

}
