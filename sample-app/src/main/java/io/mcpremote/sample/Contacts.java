// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The contacts in the database. Every statement names the tenant.
 */
@Repository
class Contacts {

	private final JdbcClient jdbc;

	Contacts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Contact> search(@Nullable String tenant, String query, int limit) {
		return this.jdbc.sql("""
				select name, email from contact
				where tenant = :tenant and position(lower(:query) in lower(name)) > 0
				order by name, id limit :limit
				""").param("tenant", tenant).param("query", query).param("limit", limit).query(Contact.class).list();
	}

	int count(@Nullable String tenant) {
		return this.jdbc.sql("select count(*) from contact where tenant = :tenant")
			.param("tenant", tenant)
			.query(Integer.class)
			.single();
	}

}
