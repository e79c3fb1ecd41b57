// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/**
 * Binds configuration to the properties that it is for: each of its keys must be one that
 * the metadata knows, and have a value that the property can have.
 */
final class BoundConfiguration {

	private static final KnownProperties KNOWN = KnownProperties.load();

	private BoundConfiguration() {
	}

	static List<String> problems(String language, String text) {
		try {
			List<String> problems = new ArrayList<>();
			for (PropertySource<?> document : load(language, text)) {
				problems.addAll(problems(document));
			}
			return problems;
		}
		catch (IOException | RuntimeException ex) {
			return List.of(String.valueOf(ex.getMessage()));
		}
	}

	private static List<PropertySource<?>> load(String language, String text) throws IOException {
		Resource resource = new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8));
		return switch (language) {
			case "yaml" -> new YamlPropertySourceLoader().load("block", resource);
			case "properties" -> new PropertiesPropertySourceLoader().load("block", resource);
			default -> throw new IllegalArgumentException("configuration is yaml or properties, not " + language);
		};
	}

	private static List<String> problems(PropertySource<?> document) {
		List<String> problems = new ArrayList<>();
		Set<ConfigurationPropertyName> properties = new LinkedHashSet<>();
		List<ConfigurationPropertySource> sources = List.of(ConfigurationPropertySource.from(document));
		if (!(sources.get(0) instanceof IterableConfigurationPropertySource keys)) {
			return List.of("no keys");
		}
		keys.forEach((key) -> {
			ConfigurationPropertyName property = KNOWN.find(key);
			if (property != null) {
				properties.add(property);
			}
			else {
				problems.add("there is no property " + key);
			}
		});
		Binder binder = new Binder(sources);
		for (ConfigurationPropertyName property : properties) {
			try {
				binder.bind(property, Bindable.of(KNOWN.type(property)),
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
			}
			catch (RuntimeException ex) {
				problems.add(property + ": " + deepest(ex));
			}
		}
		return problems;
	}

	private static String deepest(Throwable thrown) {
		Throwable cause = thrown;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return String.valueOf(cause.getMessage());
	}

}
