// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import io.mcpremote.policy.InvalidPolicyException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which policy cannot be enforced, and what to do.
 */
final class InvalidPolicyAnalyzer extends AbstractFailureAnalyzer<InvalidPolicyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPolicyException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
