// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.resilience4j.common.bulkhead.configuration.CommonBulkheadConfigurationProperties;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * The properties that there are, according to the metadata of this project, of Spring AI,
 * and of those modules of Spring Boot that documentation tells of. Modules which would
 * change what tests start are not on the class path but beside it.
 */
final class KnownProperties {

	/**
	 * Where the build puts modules that are not on the class path.
	 */
	private static final Path MODULES = Path.of("target", "documented-modules");

	private final Map<ConfigurationPropertyName, String> types = new LinkedHashMap<>();

	private final ClassLoader loader;

	private KnownProperties(ClassLoader loader) {
		this.loader = loader;
	}

	static KnownProperties load() {
		try (Stream<Path> jars = Files.list(MODULES)) {
			List<URL> urls = new ArrayList<>();
			for (Path jar : jars.toList()) {
				urls.add(jar.toUri().toURL());
			}
			KnownProperties known = new KnownProperties(
					new URLClassLoader(urls.toArray(URL[]::new), KnownProperties.class.getClassLoader()));
			for (URL metadata : Collections
				.list(known.loader.getResources("META-INF/spring-configuration-metadata.json"))) {
				known.read(metadata);
			}
			// Described for starters that are not in use
			known.add("resilience4j.circuitbreaker", CommonCircuitBreakerConfigurationProperties.class.getName());
			known.add("resilience4j.bulkhead", CommonBulkheadConfigurationProperties.class.getName());
			return known;
		}
		catch (IOException ex) {
			throw new IllegalStateException("Run ./mvnw process-test-resources first", ex);
		}
	}

	private void read(URL metadata) throws IOException {
		try (InputStream json = metadata.openStream()) {
			for (JsonNode property : JsonMapper.builder().build().readTree(json).get("properties")) {
				boolean removed = property.at("/deprecation/level").asString("").equals("error");
				if (!removed && property.has("type")) {
					add(property.get("name").asString(), property.get("type").asString());
				}
			}
		}
	}

	private void add(String name, String type) {
		this.types.put(ConfigurationPropertyName.adapt(name, '.'), type);
	}

	/**
	 * Return the property that a key belongs to: its own, or one that has many keys.
	 */
	@Nullable ConfigurationPropertyName find(ConfigurationPropertyName key) {
		ConfigurationPropertyName name = key;
		while (!name.isEmpty()) {
			if (this.types.containsKey(name)) {
				return name;
			}
			name = name.getParent();
		}
		return null;
	}

	ResolvableType type(ConfigurationPropertyName property) {
		String type = this.types.get(property);
		if (type == null) {
			throw new IllegalArgumentException("no type");
		}
		return resolve(type);
	}

	/**
	 * Turn something like {@code java.util.Map<java.lang.String,java.util.List<a.B>>}
	 * into a type.
	 */
	private ResolvableType resolve(String type) {
		int open = type.indexOf('<');
		if (open == -1) {
			return ResolvableType.forClass(raw(type));
		}
		List<ResolvableType> generics = new ArrayList<>();
		int depth = 0;
		int begin = open + 1;
		for (int i = begin; i < type.length(); i++) {
			char c = type.charAt(i);
			if (depth == 0 && (c == ',' || i == type.length() - 1)) {
				generics.add(resolve(type.substring(begin, i).strip()));
				begin = i + 1;
			}
			depth += (c == '<') ? 1 : (c == '>') ? -1 : 0;
		}
		return ResolvableType.forClassWithGenerics(raw(type.substring(0, open)),
				generics.toArray(ResolvableType[]::new));
	}

	private Class<?> raw(String name) {
		if (name.startsWith("?")) {
			return Object.class;
		}
		try {
			return ClassUtils.forName(name, this.loader);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(
					name + " is needed to bind this: add its artifact to documented-modules in the pom", ex);
		}
	}

}
