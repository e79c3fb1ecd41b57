// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import io.mcpremote.call.AuthenticationFailed;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.Refusals;
import io.mcpremote.security.Credential.Scheme;
import io.mcpremote.wire.Challenges;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Authenticates requests to the endpoint. Does not answer itself: what it has found goes
 * to the endpoint, which alone knows how an answer looks.
 */
final class AuthenticationFilter implements Filter {

	private static final Log logger = LogFactory.getLog(AuthenticationFilter.class);

	private static final Duration OUTAGE = Duration.ofSeconds(5);

	private final SecurityContextHolderStrategy contexts = SecurityContextHolder.getContextHolderStrategy();

	private final CredentialReader reader = new CredentialReader();

	private final Authenticator authenticator;

	private final Challenges challenges;

	private final BooleanSupplier anonymous;

	private final ApplicationEventPublisher events;

	/**
	 * Create a filter.
	 * @param anonymous whether anything can be called without a token
	 * @param events hear of callers that are not let in
	 */
	AuthenticationFilter(Authenticator authenticator, Challenges challenges, BooleanSupplier anonymous,
			ApplicationEventPublisher events) {
		this.authenticator = authenticator;
		this.challenges = challenges;
		this.anonymous = anonymous;
		this.events = events;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (!(request instanceof HttpServletRequest http) || request.getDispatcherType() != DispatcherType.REQUEST) {
			chain.doFilter(request, response);
			return;
		}
		RequestCaller caller = authenticate(http);
		caller.bind(http);
		try {
			// Also for whoever is nobody: not to find what another filter or an earlier
			// request has left
			this.contexts.setContext(context(caller.token()));
			chain.doFilter(request, response);
		}
		finally {
			this.contexts.clearContext();
		}
	}

	private static SecurityContext context(@Nullable VerifiedToken token) {
		return (token != null) ? new SecurityContextImpl(token.authentication()) : new SecurityContextImpl();
	}

	private RequestCaller authenticate(HttpServletRequest request) {
		Credential credential = null;
		try {
			credential = this.reader.read(request);
			if (credential == null) {
				if (this.anonymous.getAsBoolean()) {
					return RequestCaller.anonymous();
				}
				publish("missing", request);
				return RequestCaller.refused(this.challenges.unauthenticated());
			}
			return this.authenticator.authenticate(credential);
		}
		catch (AuthenticationException ex) {
			publish(fault(ex), request);
			return RequestCaller.refused(refusal(ex, credential));
		}
	}

	private static String fault(AuthenticationException ex) {
		if (ex instanceof BadTokenException bad) {
			return bad.fault().name().toLowerCase(Locale.ROOT);
		}
		if (ex instanceof TooManyFaultsException) {
			return "too_many";
		}
		return (ex instanceof AuthenticationServiceException) ? "unavailable" : "unknown";
	}

	private void publish(String fault, HttpServletRequest request) {
		if ("OPTIONS".equals(request.getMethod())) {
			// Browsers ask without a credential whether they may send one
			return;
		}
		// Nobody else need tell of it
		request.setAttribute(AuthenticationFailed.class.getName(), true);
		try {
			this.events.publishEvent(new AuthenticationFailed(fault, request.getRemoteAddr()));
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed to hear of a caller that was not let in", ex);
		}
	}

	private Refusal refusal(AuthenticationException ex, @Nullable Credential credential) {
		if (ex instanceof BadTokenException bad) {
			logger.debug("A token is not accepted: " + bad.fault().description());
			if (bad.fault().isOfProof()) {
				return this.challenges.invalidProof(bad.fault().description());
			}
			return (credential != null && credential.scheme() == Scheme.DPOP)
					? this.challenges.invalidBoundToken(bad.fault().description())
					: this.challenges.invalidToken(bad.fault().description());
		}
		if (ex instanceof TooManyFaultsException many) {
			return Refusals.limited("address", "Too many access tokens from this address were not accepted.",
					many.retryAfter());
		}
		if (ex instanceof AuthenticationServiceException) {
			if (!(ex instanceof VerifierUnavailableException)) {
				logger.warn("A token could not be verified: " + ex.getClass().getName(), loggable(ex, credential));
			}
			return Refusals.unavailable("Access tokens cannot be verified at the moment.", OUTAGE);
		}
		logger.debug("A token is not accepted: " + ex.getClass().getName(), loggable(ex, credential));
		return this.challenges.invalidToken(TokenFault.UNKNOWN.description());
	}

	/**
	 * Return what may be logged: what has been said may repeat the token.
	 */
	private static @Nullable Throwable loggable(AuthenticationException ex, @Nullable Credential credential) {
		return (credential != null && !QuotedToken.isIn(ex, credential.token())) ? ex : null;
	}

}
