// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of Spring Boot's resource server there is what its properties say of authorities, and
 * nothing that could not be looked at without Spring Boot's security.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConverterImportTests {

	@Test
	void callWhenPropertiesSayWhatAuthoritiesAreThenThose(CapturedOutput output) {
		try (TestIssuer issuer = new TestIssuer()) {
			List<String> properties = new ArrayList<>(issuer.properties());
			String jwt = "spring.security.oauth2.resourceserver.jwt.";
			properties.addAll(List.of(jwt + "authorities-claim-name=groups", jwt + "authority-prefix=SCOPE_of_",
					jwt + "principal-claim-name=name"));
			try (RunningServer server = RunningServer.secured(properties, BearerTokenTests.Tools.class)) {
				String token = issuer.token("http://localhost:" + server.port() + "/mcp", "alice",
						(claims) -> claims.claim("groups", List.of("ADMIN")).claim("name", "Alice"));
				ModernRequest request = ModernRequest.callTool("whoami", Map.of())
					.header("Authorization", "Bearer " + token);
				assertThat(RunningServer.json(server.modern(request)).at("/result/content/0/text").asString())
					.isEqualTo("Alice [SCOPE_of_ADMIN]");
				assertThat(server.context().getBeanProvider(JwtDecoder.class)).isEmpty();
			}
		}
		assertThat(output.getAll()).contains("Tomcat started").doesNotContain("Failed to introspect");
	}

}
