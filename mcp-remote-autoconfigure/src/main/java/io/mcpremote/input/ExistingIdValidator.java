// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.util.List;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Asks the application whether something exists.
 */
final class ExistingIdValidator implements ConstraintValidator<ExistingId, Object> {

	private final ObjectProvider<IdentifierLookup> lookups;

	private final LookupBudget budget;

	private @Nullable IdentifierLookup lookup;

	ExistingIdValidator(ObjectProvider<IdentifierLookup> lookups, LookupBudget budget) {
		this.lookups = lookups;
		this.budget = budget;
	}

	@Override
	public void initialize(ExistingId constraint) {
		List<IdentifierLookup> found = this.lookups.stream()
			.filter((candidate) -> candidate.kind().equals(constraint.value()))
			.toList();
		if (found.size() != 1) {
			throw new IllegalStateException(
					"@ExistingId(\"" + constraint.value() + "\") needs one IdentifierLookup bean"
							+ " that answers for '" + constraint.value() + "', and there are " + found.size());
		}
		this.lookup = found.get(0);
	}

	@Override
	public boolean isValid(@Nullable Object value, ConstraintValidatorContext context) {
		if (value == null) {
			return true;
		}
		if (!this.budget.take()) {
			return Explanation.give(LookupBudget.SPENT, true, context);
		}
		return this.lookup != null && this.lookup.exists(value.toString());
	}

}
