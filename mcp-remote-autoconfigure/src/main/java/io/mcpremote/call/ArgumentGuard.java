// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * A guard that holds the arguments of every tool to its input schema. While there is one,
 * the MCP SDK does not do the same again.
 *
 * @since 0.1.0
 */
public interface ArgumentGuard extends CallGuard {

	@Override
	default CallStage stage() {
		return CallStage.VALIDATE;
	}

}
