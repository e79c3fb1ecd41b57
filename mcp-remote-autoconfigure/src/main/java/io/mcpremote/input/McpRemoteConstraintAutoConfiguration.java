// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for what constraints on arguments need. It is there whichever
 * transport serves the tools, since they depend on it.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@Import({ ConstraintConfiguration.class, GuardedHttpConfiguration.class })
public final class McpRemoteConstraintAutoConfiguration {

}
