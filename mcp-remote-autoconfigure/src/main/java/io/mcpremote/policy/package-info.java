// SPDX-License-Identifier: Apache-2.0

/**
 * What applies to which tool, prompt and resource. Depends on no other package of this
 * project.
 */
@NullMarked
package io.mcpremote.policy;

import org.jspecify.annotations.NullMarked;
