// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.net.URI;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Offers {@code ${sample.origin}} to configuration files: the public URL without its
 * path, so that what else is at this origin need not be configured again.
 */
final class OriginEnvironmentPostProcessor implements EnvironmentPostProcessor {

	private static final String NAME = "sample.origin";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources().addLast(new OriginPropertySource(() -> origin(environment)));
	}

	private static String origin(Environment environment) {
		URI url = URI.create(environment.getRequiredProperty("mcp.remote.public-url"));
		return url.getScheme() + "://" + url.getRawAuthority();
	}

	/**
	 * Looks when it is asked: the public URL may still change.
	 */
	private static final class OriginPropertySource extends PropertySource<Supplier<String>> {

		private OriginPropertySource(Supplier<String> origin) {
			super(NAME, origin);
		}

		@Override
		public @Nullable Object getProperty(String name) {
			return NAME.equals(name) ? getSource().get() : null;
		}

	}

}
