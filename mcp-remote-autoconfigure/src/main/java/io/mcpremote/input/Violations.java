// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.ThrownTranslator;
import io.mcpremote.policy.AnnotatedTargets;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.validation.method.MethodValidationException;

/**
 * Tells a model which arguments of a tool violate its constraints. Violations deeper in
 * the application, or of what the tool returns, remain failures of the tool.
 */
final class Violations implements ThrownTranslator {

	/**
	 * The most violations that are put in order. Of more than that, which come in none,
	 * any may be told.
	 */
	private static final int MAX_SORTED = 1000;

	private static final Log logger = LogFactory.getLog(Violations.class);

	private final AnnotatedTargets targets;

	Violations(AnnotatedTargets targets) {
		this.targets = targets;
	}

	@Override
	public @Nullable CallOutcome translate(McpCall call, Throwable thrown) {
		Method method = ("tools/call".equals(call.method()) && call.target() != null) ? this.targets.tool(call.target())
				: null;
		Found found = (method != null) ? found(thrown, method) : Found.NONE;
		if (found.faults().isEmpty()) {
			return null;
		}
		logger.debug("Call " + call.id() + " of '" + Refusals.shown(String.valueOf(call.target()))
				+ "' has arguments that violate constraints");
		// They come in no order
		List<Fault> sorted = found.faults()
			.stream()
			.sorted(Comparator.comparing(Fault::path).thenComparing(Fault::why))
			.toList();
		return new Failure(FailureKind.INVALID_ARGUMENTS, Fault.told(sorted, found.total()), thrown);
	}

	private static Found found(Throwable thrown, Method method) {
		Throwable candidate = thrown;
		for (int depth = 0; candidate != null && depth < 16; depth++) {
			if (candidate instanceof ConstraintViolationException violated) {
				return found(violated, method);
			}
			if (candidate instanceof MethodValidationException violated) {
				return new Found(AdaptedViolations.faults(violated, method, MAX_SORTED),
						violated.getAllErrors().size());
			}
			candidate = candidate.getCause();
		}
		return Found.NONE;
	}

	private static Found found(ConstraintViolationException violated, Method method) {
		Set<ConstraintViolation<?>> violations = violated.getConstraintViolations();
		if (violations == null) {
			return Found.NONE;
		}
		List<Fault> faults = new ArrayList<>();
		for (ConstraintViolation<?> violation : violations) {
			String path = path(violation, method);
			if (path == null) {
				return Found.NONE;
			}
			if (faults.size() == MAX_SORTED) {
				break;
			}
			faults.add(new Fault(path, violation.getMessage()));
		}
		return new Found(faults, violations.size());
	}

	/**
	 * Return what leads from the arguments of a method to what violates a constraint.
	 * @return the path, or {@code null} if it does not begin at the arguments of that
	 * method
	 */
	private static @Nullable String path(ConstraintViolation<?> violation, Method method) {
		Iterator<Path.Node> nodes = violation.getPropertyPath().iterator();
		Path.Node executable = (nodes.hasNext()) ? nodes.next() : null;
		if (executable == null || executable.getKind() != ElementKind.METHOD
				|| !executable.getName().equals(method.getName())
				|| !List.of(method.getParameterTypes()).equals(executable.as(Path.MethodNode.class).getParameterTypes())
				|| !method.getDeclaringClass().isAssignableFrom(violation.getRootBeanClass()) || !nodes.hasNext()) {
			return null;
		}
		Path.Node argument = nodes.next();
		return switch (argument.getKind()) {
			case PARAMETER -> argument.getName() + rest(nodes);
			case CROSS_PARAMETER -> "";
			default -> null;
		};
	}

	private static String rest(Iterator<Path.Node> nodes) {
		StringBuilder path = new StringBuilder();
		while (nodes.hasNext()) {
			Path.Node node = nodes.next();
			Object place = (node.getIndex() != null) ? node.getIndex() : node.getKey();
			if (node.isInIterable() && place != null) {
				path.append('.').append(place);
			}
			if (node.getKind() == ElementKind.PROPERTY) {
				path.append('.').append(node.getName());
			}
		}
		return path.toString();
	}

	/**
	 * What is wrong with arguments.
	 *
	 * @param faults the first faults
	 * @param total how many there are
	 */
	private record Found(List<Fault> faults, int total) {

		static final Found NONE = new Found(List.of(), 0);

	}

}
