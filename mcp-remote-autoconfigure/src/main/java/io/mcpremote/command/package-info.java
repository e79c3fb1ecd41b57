// SPDX-License-Identifier: Apache-2.0

/**
 * What commands have in common: an application that was started to do one thing and end,
 * instead of what it usually does. May depend on no other package of this project.
 */
@NullMarked
package io.mcpremote.command;

import org.jspecify.annotations.NullMarked;
