// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.net.URI;
import java.net.URL;
import java.util.List;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * Holds texts, URIs and URLs to {@link AllowedUrl}.
 */
final class AllowedUrlValidator implements ConstraintValidator<AllowedUrl, Object> {

	private final UrlRules rules;

	private final LookupBudget budget;

	private @Nullable UrlRules own;

	private boolean explaining;

	AllowedUrlValidator(UrlRules rules, LookupBudget budget) {
		this.rules = rules;
		this.budget = budget;
	}

	@Override
	public void initialize(AllowedUrl constraint) {
		this.own = (constraint.hosts().length > 0) ? this.rules.withHosts(List.of(constraint.hosts())) : this.rules;
		if (this.own.allowsNothing()) {
			throw new IllegalStateException(
					"@AllowedUrl allows nothing: set mcp.remote.input.url.hosts, or name hosts in the annotation");
		}
		this.explaining = Explanation.isWanted(constraint, constraint.message());
	}

	@Override
	public boolean isValid(@Nullable Object value, ConstraintValidatorContext context) {
		if (value == null) {
			return true;
		}
		if (!(value instanceof CharSequence || value instanceof URI || value instanceof URL)) {
			throw new IllegalStateException("@AllowedUrl is for texts, URIs and URLs, not for " + value.getClass());
		}
		if (!this.budget.take()) {
			return Explanation.give(LookupBudget.SPENT, true, context);
		}
		String why = (this.own != null) ? this.own.faultOf(value.toString()) : UrlRules.HOST;
		return Explanation.give(why, this.explaining, context);
	}

}
