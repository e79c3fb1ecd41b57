// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JdbcApiKeyStoreTests extends AbstractApiKeyStoreTests {

	private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.create());

	@Override
	protected ApiKeyStore store() {
		return new JdbcApiKeyStore(this.jdbc, this.clock);
	}

	@Test
	void addWhenSlotIsTakenDuringATransactionThenTheOtherSlot() {
		ApiKey rival = this.keys.key("alice").key();
		StrictDatabase strict = new StrictDatabase(this.jdbc.getDataSource(), () -> store().add(rival));
		JdbcTemplate within = new JdbcTemplate(strict);
		ApiKey key = this.keys.key("alice").key();
		Boolean added = new TransactionTemplate(new JdbcTransactionManager(strict)).execute((status) -> {
			boolean result = new JdbcApiKeyStore(within, this.clock).add(key);
			// The rest of the transaction is not spoilt either
			assertThat(within.queryForObject("select count(*) from mcp_remote_api_key", Integer.class)).isEqualTo(2);
			return result;
		});
		assertThat(added).isTrue();
		assertThat(store().findByOwner("alice")).containsExactlyInAnyOrder(rival, key);
	}

	@Test
	void addWhenTransactionIsRolledBackThenNotAdded() {
		ApiKey key = this.keys.key("alice").key();
		new TransactionTemplate(new JdbcTransactionManager(this.jdbc.getDataSource()))
			.executeWithoutResult((status) -> {
				assertThat(store().add(key)).isTrue();
				status.setRollbackOnly();
			});
		assertThat(store().findById(key.id())).isNull();
	}

	@Test
	void addThenSecretIsNowhere() {
		MintedApiKey minted = this.keys.key("alice", "read:projects");
		store().add(minted.key());
		String secret = minted.token().substring(minted.token().length() - 43);
		assertThat(this.jdbc.queryForList("select * from mcp_remote_api_key").toString()).contains("alice")
			.doesNotContain(secret);
	}

	@Test
	void findWhenRowIsRevokedByHandThenRevoked() {
		ApiKey key = this.keys.key("alice").key();
		ApiKeyStore store = store();
		store.add(key);
		this.jdbc.update("update mcp_remote_api_key set revoked_at = 1 where id = ?", key.id());
		ApiKey found = store.findById(key.id());
		assertThat(found).isNotNull();
		assertThat(found.revoked()).isNotNull();
	}

	@Test
	void findWhenListsAreNullThenEmpty() {
		ApiKey key = this.keys.key("alice").key();
		ApiKeyStore store = store();
		store.add(key);
		this.jdbc.update("update mcp_remote_api_key set scopes = null, roles = null");
		assertThat(store.findById(key.id())).isEqualTo(key);
	}

	@Test
	void findWhenRowIsDamagedThenFails() {
		ApiKey key = this.keys.key("alice").key();
		ApiKeyStore store = store();
		store.add(key);
		this.jdbc.update("update mcp_remote_api_key set digest = ''");
		assertThatIllegalArgumentException().isThrownBy(() -> store.findById(key.id()));
	}

}
