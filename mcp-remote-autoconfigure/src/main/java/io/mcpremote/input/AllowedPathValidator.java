// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Holds texts, paths and files to {@link AllowedPath}.
 */
final class AllowedPathValidator implements ConstraintValidator<AllowedPath, Object> {

	private final McpRemoteInputProperties properties;

	private final Environment environment;

	private final LookupBudget budget;

	private @Nullable AllowedDirectories directories;

	private boolean explaining;

	AllowedPathValidator(McpRemoteInputProperties properties, Environment environment, LookupBudget budget) {
		this.properties = properties;
		this.environment = environment;
		this.budget = budget;
	}

	@Override
	public void initialize(AllowedPath constraint) {
		List<Path> all = ((constraint.directories().length > 0) ? List.of(constraint.directories())
				: this.properties.allowedDirectories())
			.stream()
			.map(this::absolute)
			.toList();
		if (all.isEmpty()) {
			throw new IllegalStateException("@AllowedPath allows nothing: set mcp.remote.input.allowed-directories,"
					+ " or name directories in the annotation");
		}
		Path base = (constraint.base().isEmpty()) ? Path.of("").toAbsolutePath() : absolute(constraint.base());
		this.directories = new AllowedDirectories(all, base);
		this.explaining = Explanation.isWanted(constraint, constraint.message());
	}

	@Override
	public boolean isValid(@Nullable Object value, ConstraintValidatorContext context) {
		if (value == null) {
			return true;
		}
		if (!(value instanceof CharSequence || value instanceof Path || value instanceof File)) {
			throw new IllegalStateException("@AllowedPath is for texts, paths and files, not for " + value.getClass());
		}
		if (!this.budget.take()) {
			return Explanation.give(LookupBudget.SPENT, true, context);
		}
		String why = (this.directories != null) ? this.directories.fault(value.toString()) : AllowedDirectories.OUTSIDE;
		return Explanation.give(why, this.explaining, context);
	}

	private Path absolute(String directory) {
		Path path = Path.of(this.environment.resolveRequiredPlaceholders(directory));
		if (!path.isAbsolute()) {
			throw new IllegalStateException("@AllowedPath needs absolute directories, and '" + path + "' is not");
		}
		return path;
	}

}
