// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The projects in the database. Every statement names the tenant; without one nothing is
 * found, since in SQL nothing equals null.
 */
@Repository
class Projects {

	private final JdbcClient jdbc;

	Projects(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Project> findAll(@Nullable String tenant) {
		return this.jdbc.sql("select id, name, budget from project where tenant = :tenant order by name, id")
			.param("tenant", tenant)
			.query(Project.class)
			.list();
	}

	Optional<Project> find(@Nullable String tenant, String id) {
		return this.jdbc.sql("select id, name, budget from project where tenant = :tenant and id = :id")
			.param("tenant", tenant)
			.param("id", id)
			.query(Project.class)
			.optional();
	}

	Project create(String tenant, String name, @Nullable BigDecimal budget) {
		Project project = new Project(UUID.randomUUID().toString(), name, budget);
		this.jdbc.sql("insert into project (id, tenant, name, budget) values (:id, :tenant, :name, :budget)")
			.param("id", project.id())
			.param("tenant", tenant)
			.param("name", name)
			.param("budget", budget)
			.update();
		return project;
	}

	boolean delete(@Nullable String tenant, String id) {
		return this.jdbc.sql("delete from project where tenant = :tenant and id = :id")
			.param("tenant", tenant)
			.param("id", id)
			.update() > 0;
	}

	BigDecimal totalBudget(@Nullable String tenant) {
		return this.jdbc.sql("select coalesce(sum(budget), 0) from project where tenant = :tenant")
			.param("tenant", tenant)
			.query(BigDecimal.class)
			.single();
	}

}
