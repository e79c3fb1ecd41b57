// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Revision;

/**
 * Says which HTTP status and JSON-RPC code belong to a refusal. There is no other place
 * that does.
 */
final class RefusalTable {

	private RefusalTable() {
	}

	static int status(RefusalReason reason, Revision revision) {
		return switch (reason) {
			case NOT_JSON, INVALID_REQUEST, INVALID_ENVELOPE, HEADER_MISMATCH, UNSUPPORTED_VERSION, SESSION_REQUIRED ->
				400;
			case MISSING_CAPABILITY -> (revision.isModern()) ? 400 : 200;
			case UNAUTHENTICATED -> 401;
			case FORBIDDEN_ORIGIN, INSUFFICIENT_SCOPE -> 403;
			case UNKNOWN_SESSION -> 404;
			case METHOD_NOT_FOUND -> (revision.isModern()) ? 404 : 200;
			case METHOD_NOT_ALLOWED -> 405;
			case NOT_ACCEPTABLE -> 406;
			case TOO_LARGE -> 413;
			case UNSUPPORTED_MEDIA_TYPE -> 415;
			case LIMITED -> 429;
			case INTERNAL_ERROR -> 500;
			case UNAVAILABLE -> 503;
			case INVALID_PARAMS, UNKNOWN_TARGET, UNKNOWN_RESOURCE -> 200;
		};
	}

	static int code(RefusalReason reason, Revision revision) {
		return switch (reason) {
			case NOT_JSON -> -32700;
			case INVALID_REQUEST, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, NOT_ACCEPTABLE, METHOD_NOT_ALLOWED,
					FORBIDDEN_ORIGIN, SESSION_REQUIRED ->
				-32600;
			case METHOD_NOT_FOUND -> -32601;
			case INVALID_ENVELOPE, INVALID_PARAMS, UNKNOWN_TARGET -> -32602;
			case UNKNOWN_RESOURCE -> (revision.isModern()) ? -32602 : -32002;
			case INTERNAL_ERROR -> -32603;
			case HEADER_MISMATCH -> -32020;
			case MISSING_CAPABILITY -> (revision.isModern()) ? -32021 : -32602;
			case UNSUPPORTED_VERSION -> -32022;
			case UNKNOWN_SESSION -> -32001;
			// Outside of what JSON-RPC and MCP reserve
			case UNAUTHENTICATED -> 1401;
			case INSUFFICIENT_SCOPE -> 1403;
			case LIMITED -> 1429;
			case UNAVAILABLE -> 1503;
		};
	}

}
