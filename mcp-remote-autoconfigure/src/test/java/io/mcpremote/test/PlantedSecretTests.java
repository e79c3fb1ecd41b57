// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.util.Map;

import io.mcpremote.test.UsedSecrets.Kind;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Puts something wherever a secret could be, for {@link NoSecretsIT} to find it there.
 */
class PlantedSecretTests {

	static final String PLANTED = "planted-5c1f7a90d24e";

	@Test
	void callWhenToolTellsEverybodyThenEverybodyHears() {
		UsedSecrets.add(Kind.PLANTED, PLANTED);
		try (RunningServer server = RunningServer.start(Tools.class)) {
			assertThat(server.modern(ModernRequest.callTool("tell", Map.of("what", PLANTED))).body()).contains(PLANTED);
		}
	}

	static class Tools {

		private static final Log logger = LogFactory.getLog(Tools.class);

		private final ObservationRegistry observations;

		Tools(ObservationRegistry observations) {
			this.observations = observations;
		}

		@McpTool(name = "tell", description = "Tells everybody")
		String tell(String what) {
			System.out.println("Tools were told " + what);
			logger.trace("Nobody reads " + what);
			Observation.createNotStarted("test.tell", this.observations)
				.highCardinalityKeyValue("what", what)
				.observe(() -> {
				});
			return what;
		}

	}

}
