// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.mcpremote.command.CommandOutput;
import io.mcpremote.command.OnlyWhatIsAskedFor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.web.SecurityFilterChain;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for API keys. Keys are accepted once there is a repository of them.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = McpRemoteSecurityAutoConfiguration.class)
@ConditionalOnClass(SecurityFilterChain.class)
@ConditionalOnBooleanProperty(name = "mcp.remote.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "mcp.remote.security.enabled", matchIfMissing = true)
@EnableConfigurationProperties(McpRemoteApiKeyProperties.class)
public final class McpRemoteApiKeyAutoConfiguration {

	private static final String STORE = "mcp.remote.security.api-key.store";

	private final Clock clock = Clock.systemUTC();

	@Bean
	@Order(0)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnBean(ApiKeyRepository.class)
	ApiKeyVerifier mcpRemoteApiKeyVerifier(ApiKeyRepository repository, McpRemoteApiKeyProperties properties) {
		ApiKeyPropertyChecks.checkRead(properties, repository);
		return new ApiKeyVerifier(repository, this.clock);
	}

	@Bean
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnBean(ApiKeyRepository.class)
	ApiKeyStanding mcpRemoteApiKeyStanding(ApiKeyRepository repository) {
		// One thread, and none while nothing is open
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "mcp-remote-api-keys");
					thread.setDaemon(true);
					return thread;
				});
		executor.allowCoreThreadTimeOut(true);
		return new ApiKeyStanding(repository, executor, this.clock);
	}

	@Bean
	@ConditionalOnBean(ApiKeyStore.class)
	ApiKeys mcpRemoteApiKeys(ApiKeyStore store, ApiKeyMint mint, ObjectProvider<RememberedRevocations> revocations) {
		return new ApiKeys(store, mint, (id) -> revocations.ifAvailable((here) -> here.onKeyRevoked(id)));
	}

	@Bean
	ApiKeyMint mcpRemoteApiKeyMint() {
		return new ApiKeyMint(new SecureRandom(), this.clock);
	}

	/**
	 * Keys of the configuration, if there are any.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = STORE, havingValue = "properties", matchIfMissing = true)
	@Conditional(KeysCondition.class)
	@ConditionalOnMissingBean(ApiKeyRepository.class)
	static class PropertiesConfiguration {

		@Bean
		PropertiesApiKeyRepository mcpRemoteApiKeyRepository(McpRemoteApiKeyProperties properties) {
			return new PropertiesApiKeyRepository(ApiKeyPropertyChecks.keys(properties, Clock.systemUTC().instant()));
		}

	}

	/**
	 * Keys of a table.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = STORE, havingValue = "jdbc")
	@ConditionalOnClass(JdbcTemplate.class)
	@ConditionalOnMissingBean(ApiKeyRepository.class)
	static class JdbcConfiguration {

		@Bean
		JdbcApiKeyStore mcpRemoteApiKeyStore(ObjectProvider<JdbcTemplate> templates) {
			JdbcTemplate template = templates.getIfUnique();
			if (template == null) {
				throw ApiKeyPropertyChecks.withoutDatabase();
			}
			JdbcApiKeyStore store = new JdbcApiKeyStore(template, Clock.systemUTC());
			try {
				store.findById("");
			}
			catch (BadSqlGrammarException ex) {
				throw ApiKeyPropertyChecks.withoutTable();
			}
			catch (DataAccessException ex) {
				throw ApiKeyPropertyChecks.withoutConnection(ex);
			}
			return store;
		}

	}

	/**
	 * Keys of a table that cannot be reached.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = STORE, havingValue = "jdbc")
	@ConditionalOnMissingClass("org.springframework.jdbc.core.JdbcTemplate")
	@ConditionalOnMissingBean(ApiKeyRepository.class)
	static class WithoutJdbcConfiguration {

		@Bean
		ApiKeyRepository mcpRemoteApiKeyRepository() {
			throw ApiKeyPropertyChecks.withoutDatabase();
		}

	}

	/**
	 * The application has been started to mint a key.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnNotWebApplication
	@ConditionalOnProperty(ApiKeyMintEnvironmentPostProcessor.MINT)
	static class MintConfiguration {

		@Bean
		static OnlyWhatIsAskedFor mcpRemoteOnlyWhatIsAskedFor() {
			return new OnlyWhatIsAskedFor(ApiKeyMintCommand.class);
		}

		@Bean
		ApiKeyMintCommand mcpRemoteApiKeyMintCommand(McpRemoteApiKeyProperties properties, ApiKeyMint mint,
				ObjectProvider<ApiKeys> keys) {
			ApiKeyPropertyChecks.checkMint(properties);
			ApiKeyPropertyChecks.checkRoom(properties, mint.now());
			return new ApiKeyMintCommand(properties, mint, keys::getIfAvailable, CommandOutput.standard(),
					System::exit);
		}

	}

	/**
	 * Whether there are keys in the configuration.
	 */
	static class KeysCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			boolean found = Binder.get(context.getEnvironment())
				.bind("mcp.remote.security.api-key.keys", Bindable.listOf(Map.class))
				.isBound();
			return new ConditionOutcome(found, ConditionMessage.forCondition("API keys")
				.because((found) ? "they are configured" : "none is configured"));
		}

	}

}
