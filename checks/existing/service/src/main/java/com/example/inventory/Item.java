// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * Something in the warehouse.
 *
 * @param sku what it is known by
 * @param displayName what people call it
 * @param onHand how many there are
 * @param note what else there is to say of it
 */
public record Item(@NotBlank String sku, @NotBlank String displayName, @PositiveOrZero int onHand,
		@Nullable String note) {
}
