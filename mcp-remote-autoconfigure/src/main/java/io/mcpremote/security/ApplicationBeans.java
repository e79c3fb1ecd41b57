// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.mcpremote.call.StartupException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.SpringOpaqueTokenIntrospectorBuilderCustomizer;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

/**
 * Tells beans that an application has defined from those that Spring Boot has made of
 * properties. The former are used as they are; of the latter this project makes its own,
 * with timeouts, and without changing what the rest of the application accepts.
 */
final class ApplicationBeans {

	private static final String BOOT = "org.springframework.boot.";

	private final ConfigurableListableBeanFactory beans;

	ApplicationBeans(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	@Nullable JwtDecoder jwtDecoder() {
		return find(JwtDecoder.class);
	}

	@Nullable OpaqueTokenIntrospector introspector(OAuth2ResourceServerProperties properties) {
		OpaqueTokenIntrospector own = find(OpaqueTokenIntrospector.class);
		OAuth2ResourceServerProperties.Opaquetoken configured = properties.getOpaquetoken();
		String uri = configured.getIntrospectionUri();
		if (own != null || uri == null) {
			return own;
		}
		String clientId = configured.getClientId();
		String clientSecret = configured.getClientSecret();
		if (clientId == null || clientSecret == null) {
			throw new StartupException(
					"spring.security.oauth2.resourceserver.opaquetoken.introspection-uri is set without a client.",
					"Set spring.security.oauth2.resourceserver.opaquetoken.client-id and client-secret as well.");
		}
		List<Consumer<SpringOpaqueTokenIntrospector.Builder>> customizers = this.beans
			.getBeanProvider(SpringOpaqueTokenIntrospectorBuilderCustomizer.class)
			.orderedStream().<Consumer<SpringOpaqueTokenIntrospector
					.Builder>>map((customizer) -> customizer::customize)
			.toList();
		return new IntrospectorFactory(uri, clientId, clientSecret).create(customizers);
	}

	private <T> @Nullable T find(Class<T> type) {
		List<String> names = Arrays.stream(this.beans.getBeanNamesForType(type))
			.filter((name) -> !isFromBoot(name))
			.toList();
		if (names.isEmpty()) {
			return null;
		}
		if (names.size() == 1) {
			return this.beans.getBean(names.get(0), type);
		}
		T unique = this.beans.getBeanProvider(type).getIfUnique();
		if (unique == null) {
			throw new StartupException(
					"There are several beans of type " + type.getSimpleName() + ", and the MCP endpoint needs one: "
							+ String.join(", ", names) + ".",
					"Mark the one that verifies the access tokens of MCP clients with @Primary.");
		}
		return unique;
	}

	private boolean isFromBoot(String name) {
		if (!this.beans.containsBeanDefinition(name)) {
			return false;
		}
		BeanDefinition definition = this.beans.getBeanDefinition(name);
		return definition.getFactoryBeanName() != null && definition.getFactoryBeanName().startsWith(BOOT);
	}

}
