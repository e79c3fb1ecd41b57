// SPDX-License-Identifier: Apache-2.0

/**
 * Audit records that cannot be changed unnoticed: chains of them in files and in a table,
 * and their verification. May depend on the packages {@code audit}, {@code call} and
 * {@code command} of this project.
 */
@NullMarked
package io.mcpremote.audit.ledger;

import org.jspecify.annotations.NullMarked;
