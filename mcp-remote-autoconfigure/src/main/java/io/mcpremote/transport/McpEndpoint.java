// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallSignal;
import io.mcpremote.call.Caller;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import io.mcpremote.wire.CallerResolver;
import io.mcpremote.wire.JsonRpcWriter;
import io.mcpremote.wire.OutcomeWriter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of the server: origin, method, media types, a bounded body and its one
 * parse. Knows nothing of what calls may do.
 */
final class McpEndpoint extends HttpServlet {

	private static final Log logger = LogFactory.getLog(McpEndpoint.class);

	private final transient OriginRules origins;

	private final transient CorsHeaders cors = new CorsHeaders();

	private final transient CallerResolver callers;

	private final transient BoundedJsonReader reader;

	private final transient Supplier<RequestHandlers> handlers;

	private final transient JsonRpcWriter json;

	private final transient OutcomeWriter outcomes;

	private final transient RefusalEvents refusals;

	private final int maxBodySize;

	/**
	 * Create the endpoint.
	 * @param handlers serve what is let in; not asked for before the first request, since
	 * servlets come before the beans that they serve
	 */
	McpEndpoint(OriginRules origins, CallerResolver callers, BoundedJsonReader reader,
			Supplier<RequestHandlers> handlers, JsonRpcWriter json, OutcomeWriter outcomes, RefusalEvents refusals,
			int maxBodySize) {
		this.origins = origins;
		this.callers = callers;
		this.reader = reader;
		this.handlers = handlers;
		this.json = json;
		this.outcomes = outcomes;
		this.refusals = refusals;
		this.maxBodySize = maxBodySize;
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) {
		RequestPattern.set(request);
		Acceptance acceptance = Acceptance.of(request);
		HttpReply reply = new HttpReply(response, request.getProtocol(), acceptance, this.json);
		try {
			admit(request, response, acceptance, reply);
		}
		catch (RefusedException ex) {
			this.refusals.refused(ex.refusal().reason(), request, known(request));
			reply.finish(this.outcomes.refusal(ex.requestId(), Revision.newestLegacy(), null, ex.refusal()));
		}
		catch (IOException ex) {
			// The client, or the connection to it, is not there any more
			logger.debug("A request was given up: " + ex.getMessage());
		}
		catch (RuntimeException | Error ex) {
			String id = CallIds.next();
			logger.error("A request failed before it became a call (" + id + ")", ex);
			this.refusals.refused(RefusalReason.INTERNAL_ERROR, request, known(request));
			reply.finish(this.outcomes.refusal(null, Revision.newestLegacy(), null, Refusals
				.of(RefusalReason.INTERNAL_ERROR, "The request failed inside the server. Reference: " + id)));
		}
	}

	private void admit(HttpServletRequest request, HttpServletResponse response, Acceptance acceptance, HttpReply reply)
			throws IOException, RefusedException {
		if ("OPTIONS".equals(request.getMethod())) {
			this.origins.check(request, false);
			this.cors.add(request, response);
			this.cors.preflight(request, response);
			return;
		}
		Caller caller = null;
		Refusal refusal = null;
		try {
			caller = this.callers.resolve(request);
		}
		catch (CallSignal ex) {
			refusal = (ex.outcome() instanceof Refusal refused) ? refused : null;
		}
		this.origins.check(request, caller != null && caller.isAnonymous());
		this.cors.add(request, response);
		if (caller == null) {
			throw new RefusedException((refusal != null) ? refusal
					: Refusals.of(RefusalReason.UNAUTHENTICATED, "It is not known who calls"));
		}
		serve(request, response, caller, acceptance, reply);
	}

	/**
	 * Return who has made a request that was refused, if that can be found out.
	 */
	private @Nullable Caller known(HttpServletRequest request) {
		try {
			return this.callers.resolve(request);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private void serve(HttpServletRequest request, HttpServletResponse response, Caller caller, Acceptance acceptance,
			HttpReply reply) throws IOException, RefusedException {
		switch (request.getMethod()) {
			case "POST" -> post(request, response, caller, acceptance, reply);
			case "GET" -> this.handlers.get().streams().get(request, response, caller, reply);
			case "DELETE" -> this.handlers.get().streams().delete(request, caller, reply);
			default -> {
				response.setHeader("Allow", "GET, POST, DELETE, OPTIONS");
				throw new RefusedException(RefusalReason.METHOD_NOT_ALLOWED, "This HTTP method is not served here");
			}
		}
	}

	private void post(HttpServletRequest request, HttpServletResponse response, Caller caller, Acceptance acceptance,
			HttpReply reply) throws IOException, RefusedException {
		if (!isJson(request.getContentType())) {
			throw new RefusedException(RefusalReason.UNSUPPORTED_MEDIA_TYPE,
					"The Content-Type must be application/json");
		}
		if (acceptance.nothing()) {
			throw new RefusedException(RefusalReason.NOT_ACCEPTABLE,
					"The client must accept application/json and text/event-stream");
		}
		Object body = this.reader.read(body(request));
		this.handlers.get().posts().handle(body, request, response, caller, reply);
	}

	private byte[] body(HttpServletRequest request) throws RefusedException {
		long announced = request.getContentLengthLong();
		byte[] body = null;
		if (announced <= this.maxBodySize) {
			body = read(request);
		}
		if (body == null || body.length > this.maxBodySize) {
			throw new RefusedException(RefusalReason.TOO_LARGE,
					"The body is larger than the " + this.maxBodySize + " bytes this server reads");
		}
		return body;
	}

	private byte[] read(HttpServletRequest request) throws RefusedException {
		int announced = request.getContentLength();
		try (InputStream in = request.getInputStream()) {
			if (announced < 0) {
				return in.readNBytes(this.maxBodySize + 1);
			}
			// Of the right size at once: the method above takes 16 KB for every body
			byte[] body = new byte[announced];
			int read = in.readNBytes(body, 0, announced);
			return (read == announced) ? body : Arrays.copyOf(body, read);
		}
		catch (IOException ex) {
			throw new RefusedException(RefusalReason.NOT_JSON, "Parse error: the body could not be read to its end");
		}
	}

	private static boolean isJson(@Nullable String contentType) {
		if (contentType == null) {
			return false;
		}
		int parameters = contentType.indexOf(';');
		String type = (parameters >= 0) ? contentType.substring(0, parameters) : contentType;
		return type.strip().equalsIgnoreCase("application/json");
	}

}
