// SPDX-License-Identifier: Apache-2.0

/**
 * How outcomes look on the wire, for whoever has to answer a client. May depend on the
 * package {@code call} of this project and on the servlet API.
 */
@NullMarked
package io.mcpremote.wire;

import org.jspecify.annotations.NullMarked;
