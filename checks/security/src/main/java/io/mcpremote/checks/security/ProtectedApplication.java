// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.util.List;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * An MCP server whose tools need access tokens. There is no more in it than an
 * application with the starter would have.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = { OAuth2AuthorizationServerAutoConfiguration.class,
		OAuth2AuthorizationServerJwtAutoConfiguration.class })
@Import(ProjectTools.class)
public class ProtectedApplication {

	/**
	 * Start the server.
	 * @param issuer the issuer of the access tokens it accepts
	 * @param properties further properties, as {@code key=value}
	 * @return the running server
	 */
	public static ConfigurableApplicationContext start(String issuer, List<String> properties) {
		return new SpringApplicationBuilder(ProtectedApplication.class)
			.properties("server.address=127.0.0.1", "server.port=0", "spring.main.banner-mode=off",
					"spring.ai.mcp.server.name=projects", "spring.ai.mcp.server.version=1.0.0",
					"spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer,
					"mcp.remote.security.base-scopes=read:projects",
					"mcp.remote.security.scope-hierarchy=write:projects > read:projects")
			.run(properties.stream().map((property) -> "--" + property).toArray(String[]::new));
	}

}
