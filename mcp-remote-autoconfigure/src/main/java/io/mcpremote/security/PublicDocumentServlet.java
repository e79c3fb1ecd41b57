// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Serves a JSON document that everybody may read, pages of other origins included. To be
 * mapped to the very paths of the document: the others are the application's.
 */
abstract class PublicDocumentServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private static final Log logger = LogFactory.getLog(PublicDocumentServlet.class);

	private static final byte[] UNAVAILABLE = "{\"error\":\"temporarily_unavailable\"}"
		.getBytes(StandardCharsets.US_ASCII);

	/**
	 * Return the document.
	 * @throws IOException if it cannot be had at the moment
	 */
	abstract byte[] document() throws IOException;

	@Override
	protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setHeader("Access-Control-Allow-Origin", "*");
		switch (request.getMethod()) {
			case "GET", "HEAD" -> answer(response);
			case "OPTIONS" -> preflight(response);
			default -> {
				response.setHeader("Allow", "GET, HEAD, OPTIONS");
				response.setStatus(405);
			}
		}
	}

	private void answer(HttpServletResponse response) throws IOException {
		byte[] document;
		try {
			document = document();
		}
		catch (IOException ex) {
			logger.warn("A document that clients ask for cannot be had: " + ex.getMessage(), ex);
			response.setStatus(503);
			response.setHeader("Retry-After", "5");
			write(response, "no-store", UNAVAILABLE);
			return;
		}
		write(response, "public, max-age=300", document);
	}

	private static void write(HttpServletResponse response, String caching, byte[] body) throws IOException {
		response.setContentType("application/json");
		response.setHeader("Cache-Control", caching);
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	private static void preflight(HttpServletResponse response) {
		response.setStatus(204);
		response.setHeader("Access-Control-Allow-Methods", "GET, HEAD");
		response.setHeader("Access-Control-Allow-Headers", "MCP-Protocol-Version");
		response.setHeader("Access-Control-Max-Age", "3600");
	}

}
