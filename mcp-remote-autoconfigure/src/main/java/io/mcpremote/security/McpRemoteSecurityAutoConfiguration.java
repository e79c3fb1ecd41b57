// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.mcpremote.policy.Policies;
import io.mcpremote.wire.CallerResolver;
import io.mcpremote.wire.Challenges;
import io.mcpremote.wire.EndpointLocation;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the authentication of callers. Comes after everything of Spring
 * Boot's that asks whether there is a filter chain, since this one says nothing about the
 * rest of the application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OAuth2ResourceServerAutoConfiguration.class, afterName = {
		"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
		"org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration",
		"org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration",
		"org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration",
		"org.springframework.boot.security.saml2.autoconfigure.Saml2RelyingPartyAutoConfiguration" },
		beforeName = "io.mcpremote.transport.McpRemoteTransportAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ SecurityFilterChain.class, JwtDecoder.class, OAuth2ResourceServerProperties.class })
@ConditionalOnBooleanProperty(name = "mcp.remote.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "mcp.remote.security.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "spring.ai.mcp.server.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "spring.ai.mcp.server.stdio", havingValue = false, matchIfMissing = true)
@EnableConfigurationProperties({ McpRemoteSecurityProperties.class, OAuth2ResourceServerProperties.class })
@Import({ ConverterImportSelector.class, DpopConfiguration.class, MetadataMirrorConfiguration.class,
		RevocationConfiguration.class })
public final class McpRemoteSecurityAutoConfiguration {

	/**
	 * Where Spring Security stands in other applications.
	 */
	private static final int FILTER_ORDER = -100;

	private final Clock clock = Clock.systemUTC();

	@Bean
	@ConditionalOnMissingBean
	Challenges mcpRemoteChallenges(EndpointLocation location, McpRemoteSecurityProperties properties) {
		Challenges challenges = new Challenges(location::metadataUrl, properties.baseScopes());
		McpRemoteSecurityProperties.Dpop dpop = properties.dpop();
		return (dpop.enabled()) ? challenges.withProofs(dpop.jwsAlgorithms(), dpop.required()) : challenges;
	}

	@Bean
	@ConditionalOnMissingBean(CallerResolver.class)
	TokenCallerResolver mcpRemoteTokenCallerResolver(Challenges challenges, RememberedRevocations revocations,
			ObjectProvider<ApiKeyStanding> keys, McpRemoteSecurityProperties properties) {
		return new TokenCallerResolver(challenges, revocations, keys.getIfAvailable(), properties.tenantClaim(),
				this.clock);
	}

	@Bean
	TokenVerifiers mcpRemoteTokenVerifiers(McpRemoteSecurityProperties properties, OAuth2ResourceServerProperties boot,
			EndpointLocation location, Environment environment) {
		SecurityPropertyChecks.check(properties);
		SecurityPropertyChecks.check(properties, boot);
		return new TokenVerifiers(properties, boot, location, RequestThreads.of(environment), this.clock);
	}

	@Bean
	ServletRegistrationBean<ResourceMetadataServlet> mcpRemoteResourceMetadata(EndpointLocation location,
			McpRemoteSecurityProperties properties, TokenVerifiers verifiers) {
		ServletRegistrationBean<ResourceMetadataServlet> registration = new ServletRegistrationBean<>(
				new ResourceMetadataServlet(new ResourceMetadata(location, properties, verifiers.issuers())),
				location.metadataPaths().toArray(String[]::new));
		registration.setName("mcpRemoteResourceMetadata");
		return registration;
	}

	@Bean
	EndpointSecurity mcpRemoteEndpointSecurity(McpRemoteSecurityProperties properties,
			OAuth2ResourceServerProperties boot, EndpointLocation location, Challenges challenges,
			ObjectProvider<JwtAuthenticationConverter> converters, ObjectProvider<TokenVerifier> more,
			ObjectProvider<ProofOfPossession> proof, ObjectProvider<Policies> policies, TokenVerifiers verifiers,
			TokenMemory memory, FaultLimit faults, RememberedRevocations revocations,
			ConfigurableListableBeanFactory beans, ApplicationEventPublisher events) {
		List<TokenVerifier> all = new ArrayList<>(more.orderedStream().map(verifiers::guard).toList());
		ApplicationBeans application = new ApplicationBeans(beans);
		TokenVerifier jwt = verifiers.jwt(application.jwtDecoder(),
				converters.getIfUnique(JwtAuthenticationConverter::new));
		if (jwt != null) {
			all.add(jwt);
		}
		OpaqueTokenIntrospector introspector = application.introspector(boot);
		if (introspector != null) {
			all.add(verifiers.opaque(introspector));
		}
		SecurityPropertyChecks.checkVerifiers(all);
		SecurityPropertyChecks.checkAuthorizationServers(properties, verifiers.issuers(),
				jwt != null || introspector != null);
		Authenticator authenticator = new Authenticator(all, memory, faults, revocations, verifiers.flights(),
				proof.getIfAvailable());
		return new EndpointSecurity(location,
				new AuthenticationFilter(authenticator, challenges, anythingPublic(policies), events));
	}

	/**
	 * Asked when the first request comes, since filters are made before tools are known.
	 */
	private static BooleanSupplier anythingPublic(ObjectProvider<Policies> policies) {
		return SingletonSupplier.of(() -> {
			Policies all = policies.getIfAvailable();
			return all != null && all.anythingPublic();
		})::obtain;
	}

	/**
	 * The application has Spring Security in front of everything: this comes before its
	 * own chains, for the endpoint only.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(name = "springSecurityFilterChain")
	static class WithinSpringSecurityConfiguration {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE + 100)
		SecurityFilterChain mcpRemoteSecurityFilterChain(EndpointSecurity security) {
			return security.chain();
		}

		/**
		 * Nothing stands in front of what everybody may read.
		 */
		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE + 100)
		SecurityFilterChain mcpRemoteMetadataFilterChain(EndpointLocation location) {
			return new DefaultSecurityFilterChain(new PathMatcher(location.metadataPaths()));
		}

		@Bean
		LoginNotice mcpRemoteLoginNotice(ListableBeanFactory beans, Environment environment) {
			return new LoginNotice(beans, environment);
		}

	}

	/**
	 * The application has nothing of the kind, and is not to get it.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(name = "springSecurityFilterChain")
	static class WithoutSpringSecurityConfiguration {

		@Bean
		FilterRegistrationBean<AuthenticationFilter> mcpRemoteSecurityFilter(EndpointSecurity security) {
			FilterRegistrationBean<AuthenticationFilter> registration = new FilterRegistrationBean<>(
					security.authentication());
			registration.setName("mcpRemoteSecurity");
			registration.setOrder(FILTER_ORDER);
			registration.setUrlPatterns(security.urlPatterns());
			return registration;
		}

	}

}
