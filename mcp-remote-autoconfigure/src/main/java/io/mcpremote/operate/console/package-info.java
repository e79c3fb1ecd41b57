// SPDX-License-Identifier: Apache-2.0

/**
 * A page for operators that shows what goes on. Like the package above, it may depend on
 * every other one.
 */
@NullMarked
package io.mcpremote.operate.console;

import org.jspecify.annotations.NullMarked;
