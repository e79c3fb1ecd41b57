// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database that, as PostgreSQL does, refuses everything in a transaction after a
 * statement in it has failed, and in which somebody is always a bit faster.
 */
final class StrictDatabase extends DelegatingDataSource {

	private final Runnable rival;

	/**
	 * Create a database.
	 * @param rival what is done once, just before the first row is inserted
	 */
	StrictDatabase(DataSource database, Runnable rival) {
		super(database);
		AtomicBoolean done = new AtomicBoolean();
		this.rival = () -> {
			if (!done.getAndSet(true)) {
				rival.run();
			}
		};
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		AtomicBoolean aborted = new AtomicBoolean();
		return proxy(Connection.class, (proxy, method, arguments) -> {
			if (method.getName().equals("rollback")) {
				aborted.set(false);
			}
			Object result = invoke(connection, method, arguments);
			return (result instanceof PreparedStatement statement)
					? statement(statement, arguments[0].toString(), connection, aborted) : result;
		});
	}

	private PreparedStatement statement(PreparedStatement statement, String sql, Connection connection,
			AtomicBoolean aborted) {
		return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
			if (!method.getName().startsWith("execute")) {
				return invoke(statement, method, arguments);
			}
			if (sql.startsWith("insert")) {
				this.rival.run();
			}
			if (aborted.get()) {
				throw new SQLException("current transaction is aborted", "25P02");
			}
			try {
				return invoke(statement, method, arguments);
			}
			catch (SQLException ex) {
				aborted.set(!connection.getAutoCommit());
				throw ex;
			}
		});
	}

	private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

}
