// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of guards is a promise to everyone who writes one.
 */
class CallStageTests {

	@Test
	void valuesThenOutermostFirst() {
		assertThat(CallStage.values()).containsExactly(CallStage.OBSERVE, CallStage.AUDIT, CallStage.ADMIT,
				CallStage.CALLER_LIMIT, CallStage.AUTHORIZE, CallStage.SUNSET, CallStage.TOOL_LIMIT, CallStage.VALIDATE,
				CallStage.IDEMPOTENCY, CallStage.CACHE, CallStage.CONFIRM, CallStage.RECORD, CallStage.BULKHEAD,
				CallStage.BREAKER, CallStage.DEADLINE, CallStage.OUTPUT);
	}

}
