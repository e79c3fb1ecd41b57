// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import io.mcpremote.call.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link DevAuthPlace}.
 */
class DevAuthPlaceTests {

	private final MockEnvironment environment = new MockEnvironment()
		.withProperty("mcp.remote.public-url", "http://localhost:8080/mcp")
		.withProperty("server.address", "127.0.0.1");

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:8080/mcp", "http://127.0.0.1/mcp", "https://[::1]:8443/mcp" })
	void checkWhenPublicUrlIsLoopbackThenAccepts(String url) {
		this.environment.setProperty("mcp.remote.public-url", url);
		assertThatNoException().isThrownBy(() -> DevAuthPlace.check(this.environment));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://mcp.example.com/mcp", "http://localhost.example.com/mcp", "http://10.0.0.1/mcp",
			"https://127.0.0.1.nip.io/mcp" })
	void checkWhenPublicUrlIsNotLoopbackThenRefuses(String url) {
		this.environment.setProperty("mcp.remote.public-url", url);
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DevAuthPlace.check(this.environment))
			.withMessageContaining("mcp.remote.public-url is " + url);
	}

	@Test
	void checkWhenBoundToAllInterfacesThenRefuses() {
		this.environment.setProperty("server.address", "0.0.0.0");
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DevAuthPlace.check(this.environment))
			.withMessageContaining("server.address is 0.0.0.0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "framework", "FRAMEWORK" })
	void checkWhenForwardedHeadersAreBelievedThenRefuses(String strategy) {
		this.environment.setProperty("server.forward-headers-strategy", strategy);
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DevAuthPlace.check(this.environment))
			.withMessageContaining("server.forward-headers-strategy is " + strategy);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void checkWhenOnCloudPlatformThenRefuses(CloudPlatform platform) {
		this.environment.setProperty("spring.main.cloud-platform", platform.name());
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DevAuthPlace.check(this.environment))
			.withMessageContaining("this is " + platform);
	}

}
