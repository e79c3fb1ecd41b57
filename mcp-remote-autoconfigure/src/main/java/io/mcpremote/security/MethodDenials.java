// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.TargetKind;
import io.mcpremote.call.ThrownTranslator;
import io.mcpremote.policy.AnnotatedTargets;
import io.mcpremote.policy.MethodSecurity;
import io.mcpremote.policy.Policies;
import io.mcpremote.wire.Challenges;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.util.ClassUtils;

/**
 * Turns a denial by the method security of a tool into the refusal that its policy would
 * have made. A denial deep inside the application remains a failure of the tool.
 */
final class MethodDenials implements ThrownTranslator {

	private static final Log logger = LogFactory.getLog(MethodDenials.class);

	/**
	 * Part of the names of the JDK's proxies.
	 */
	private static final String INTERFACE_PROXY = "$Proxy";

	private final AnnotatedTargets targets;

	private final AccessRules rules;

	private final Policies policies;

	private final Challenges challenges;

	private final Elevations elevations;

	MethodDenials(AnnotatedTargets targets, AccessRules rules, Policies policies, Challenges challenges,
			Elevations elevations) {
		this.targets = targets;
		this.rules = rules;
		this.policies = policies;
		this.challenges = challenges;
		this.elevations = elevations;
	}

	@Override
	public @Nullable CallOutcome translate(McpCall call, Throwable thrown) {
		RuntimeException denial = denial(thrown);
		String tool = call.target();
		if (denial == null || tool == null || !"tools/call".equals(call.method())) {
			return null;
		}
		Method method = this.targets.tool(tool);
		if (method == null || !isDeniedAtTheDoor(denial, method)) {
			return null;
		}
		logger.debug("Call " + call.id() + " of '" + Refusals.shown(tool) + "' was denied by its method's security",
				denial);
		Authentication caller = CurrentAuthentication.get();
		return (caller != null) ? refusal(call, tool, caller, denial) : this.challenges.unauthenticated();
	}

	private CallOutcome refusal(McpCall call, String tool, Authentication caller, RuntimeException denial) {
		AuthorizationResult result = (denial instanceof AuthorizationDeniedException denied)
				? denied.getAuthorizationResult() : null;
		ScopeNeed need = ScopeNeed.of(result,
				caller.getAuthorities()
					.stream()
					.map(GrantedAuthority::getAuthority)
					.map(String::valueOf)
					.collect(Collectors.toSet()));
		if (this.rules.isHiding() || !need.isWorthAsking()) {
			return Refusals.unknownTarget("tool", tool);
		}
		Set<String> scopes = new LinkedHashSet<>(this.policies.tool(tool).scopes());
		scopes.addAll(need.scopes());
		this.elevations.asked(call, new Target(TargetKind.TOOL, tool, tool, Set.of(this.policies.tool(tool))), scopes);
		return this.challenges.insufficientScope(scopes, KeptScopes.of(call, caller));
	}

	/**
	 * Return whether a method with rules of its own was denied to its caller, as opposed
	 * to something that it called itself. While it runs it is on the stack, whatever
	 * proxies stand in front of it. If it is not, the denial is its own where such a
	 * proxy is on the stack: something else may have been denied on another thread. A
	 * reactive method has returned by then, and so may its proxy have.
	 */
	private static boolean isDeniedAtTheDoor(RuntimeException denial, Method method) {
		StackTraceElement[] stack = denial.getStackTrace();
		String type = method.getDeclaringClass().getName();
		boolean running = Arrays.stream(stack)
			.anyMatch((frame) -> frame.getClassName().equals(type) && frame.getMethodName().equals(method.getName()));
		if (stack.length == 0 || running) {
			return false;
		}
		Class<?> door = (Publisher.class.isAssignableFrom(method.getReturnType())) ? method.getDeclaringClass()
				: proxied(stack, method);
		return door != null && MethodSecurity.isOn(method, door);
	}

	/**
	 * Return the class whose proxy a method was called through.
	 */
	private static @Nullable Class<?> proxied(StackTraceElement[] stack, Method method) {
		for (StackTraceElement frame : stack) {
			Class<?> type = (frame.getMethodName().equals(method.getName())) ? proxied(frame.getClassName(), method)
					: null;
			if (type != null) {
				return type;
			}
		}
		return null;
	}

	private static @Nullable Class<?> proxied(String proxy, Method method) {
		int end = proxy.indexOf(ClassUtils.CGLIB_CLASS_SEPARATOR);
		if (end < 0) {
			return (proxy.contains(INTERFACE_PROXY)) ? method.getDeclaringClass() : null;
		}
		try {
			Class<?> type = ClassUtils.forName(proxy.substring(0, end), method.getDeclaringClass().getClassLoader());
			return (method.getDeclaringClass().isAssignableFrom(type)) ? type : null;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			logger.trace("Not a proxy of the tool", ex);
			return null;
		}
	}

	private static @Nullable RuntimeException denial(Throwable thrown) {
		Throwable candidate = thrown;
		for (int depth = 0; candidate != null && depth < 16; depth++) {
			if (candidate instanceof AccessDeniedException
					|| candidate instanceof AuthenticationCredentialsNotFoundException) {
				return (RuntimeException) candidate;
			}
			candidate = candidate.getCause();
		}
		return null;
	}

}
