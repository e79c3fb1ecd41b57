// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.IOException;
import java.net.URISyntaxException;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer; of redirects each one is such an exchange.
 */
final class GuardedExchange implements ExecChainHandler {

	private final UrlRules rules;

	private final long maxSize;

	GuardedExchange(UrlRules rules, long maxSize) {
		this.rules = rules;
		this.maxSize = maxSize;
	}

	@Override
	public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
			throws IOException, HttpException {
		String fault = fault(request);
		if (fault != null) {
			throw new RefusedUrlException(fault);
		}
		ClassicHttpResponse response = chain.proceed(request, scope);
		HttpEntity entity = response.getEntity();
		if (entity != null) {
			response.setEntity(new BoundedEntity(entity, this.maxSize, scope.execRuntime::discardEndpoint));
		}
		return response;
	}

	private @Nullable String fault(ClassicHttpRequest request) {
		try {
			return this.rules.faultOf(request.getUri());
		}
		catch (URISyntaxException ex) {
			return "it cannot be read";
		}
	}

}
