// SPDX-License-Identifier: Apache-2.0

/**
 * What applies to which tool, prompt and resource. May depend on the package {@code call}
 * of this project.
 */
@NullMarked
package io.mcpremote.policy;

import org.jspecify.annotations.NullMarked;
