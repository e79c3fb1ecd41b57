// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.mcpremote.call.InvocationChecks;
import io.mcpremote.call.StartupException;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.AnnotatedTargets;
import io.mcpremote.policy.AnnotatedTargets.Served;

import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.validation.annotation.Validated;

/**
 * Makes sure that somebody enforces the constraints on what clients send: one that is
 * only written down is worse than none.
 */
final class ConstraintCheck {

	private static final String VALIDATOR = "jakarta.validation.Validator";

	private static final String METHOD_VALIDATION = "org.springframework.validation.beanvalidation.MethodValidationPostProcessor";

	private final AnnotatedTargets targets;

	private final ApplicationContext context;

	ConstraintCheck(AnnotatedTargets targets, ApplicationContext context) {
		this.targets = targets;
		this.context = context;
	}

	void run() {
		List<Served> constrained = new ArrayList<>();
		for (Served served : this.targets.served()) {
			if (ConstrainedParameters.first(served.method()) != null) {
				constrained.add(served);
			}
		}
		if (constrained.isEmpty()) {
			return;
		}
		boolean validator = hasBean(VALIDATOR);
		boolean spring = validator && hasBean(METHOD_VALIDATION);
		boolean ours = validator && this.context.getBeanNamesForType(InvocationChecks.class, true, false).length > 0;
		for (Served served : constrained) {
			boolean tool = served.kind() == TargetKind.TOOL && !served.callback();
			if (!(tool && ours) && !(spring && AnnotatedElementUtils.hasAnnotation(served.type(), Validated.class))) {
				throw refused(served, validator, tool);
			}
		}
	}

	private boolean hasBean(String type) {
		ClassLoader loader = this.context.getClassLoader();
		return ClassUtils.isPresent(type, loader)
				&& this.context.getBeanNamesForType(ClassUtils.resolveClassName(type, loader), true, false).length > 0;
	}

	private static StartupException refused(Served served, boolean validator, boolean tool) {
		Parameter parameter = ConstrainedParameters.first(served.method());
		String what = "The parameter '" + ((parameter != null) ? parameter.getName() : "") + "' of the "
				+ served.kind().name().toLowerCase(Locale.ROOT) + " " + served.method().getDeclaringClass().getName()
				+ "." + served.method().getName() + " has constraints, ";
		if (!validator) {
			return new StartupException(what + "but there is no Validator to enforce them.",
					"Add the dependency org.springframework.boot:spring-boot-starter-validation, and do not exclude"
							+ " ValidationAutoConfiguration.");
		}
		if (tool) {
			return new StartupException(what + "but nothing enforces them.",
					"Do not exclude McpRemoteValidationAutoConfiguration, or annotate the class with @Validated.");
		}
		return new StartupException(
				what + "which only Spring can enforce here, and does so on classes that are @Validated.",
				"Annotate the class with @Validated, and do not exclude ValidationAutoConfiguration; or check the"
						+ " argument in the method and take the annotation away.");
	}

}
