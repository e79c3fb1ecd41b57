// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.mockito.AdditionalAnswers;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

class JdbcApiKeyStoreTests extends AbstractApiKeyStoreTests {

	private final JdbcTemplate jdbc = new JdbcTemplate(database());

	DataSource database() {
		return TestDatabase.create();
	}

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
	void tryOutThenAsksForNoLongerThanItMayTake() throws SQLException {
		List<Integer> timeouts = new ArrayList<>();
		DataSource database = mock(DataSource.class);
		given(database.getConnection()).willAnswer((call) -> {
			Connection connection = mock(Connection.class,
					AdditionalAnswers.delegatesTo(this.jdbc.getDataSource().getConnection()));
			willAnswer((prepared) -> {
				PreparedStatement statement = mock(PreparedStatement.class,
						AdditionalAnswers.delegatesTo(this.jdbc.getDataSource()
							.getConnection()
							.prepareStatement(prepared.getArgument(0, String.class))));
				willAnswer((set) -> timeouts.add(set.getArgument(0))).given(statement).setQueryTimeout(anyInt());
				return statement;
			}).given(connection).prepareStatement(anyString());
			return connection;
		});
		new JdbcApiKeyStore(new JdbcTemplate(database), this.clock).tryOut(Duration.ofSeconds(4));
		assertThat(timeouts).containsExactly(4);
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
