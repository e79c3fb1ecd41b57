// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * A project of a tenant.
 *
 * @param id unique over all tenants
 * @param name what people call it
 * @param budget what it may cost, if that is known
 */
record Project(String id, String name, @Nullable BigDecimal budget) {

}
