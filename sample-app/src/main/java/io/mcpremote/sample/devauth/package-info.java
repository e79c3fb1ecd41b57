// SPDX-License-Identifier: Apache-2.0

/**
 * An authorization server for development, in the same process. Its passwords are in the
 * sources: it is nothing for any other place than a developer's own machine, where it
 * insists on being, and it is not in the container image.
 */
@NullMarked
package io.mcpremote.sample.devauth;

import org.jspecify.annotations.NullMarked;
