// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import io.mcpremote.call.CallOutcome.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What authentication has found out about a request.
 *
 * @param token what the caller's token stands for, {@code null} without one
 * @param digest stands for that token
 * @param refusal why the caller is turned away, {@code null} if not
 */
record RequestCaller(@Nullable VerifiedToken token, @Nullable TokenDigest digest, @Nullable Refusal refusal) {

	private static final String ATTRIBUTE = RequestCaller.class.getName();

	private static final RequestCaller ANONYMOUS = new RequestCaller(null, null, null);

	static RequestCaller of(VerifiedToken token, TokenDigest digest) {
		return new RequestCaller(token, digest, null);
	}

	static RequestCaller anonymous() {
		return ANONYMOUS;
	}

	static RequestCaller refused(Refusal refusal) {
		return new RequestCaller(null, null, refusal);
	}

	void bind(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	static @Nullable RequestCaller of(HttpServletRequest request) {
		return (RequestCaller) request.getAttribute(ATTRIBUTE);
	}

}
