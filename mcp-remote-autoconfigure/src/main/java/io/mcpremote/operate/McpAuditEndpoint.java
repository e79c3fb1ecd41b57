// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.mcpremote.audit.ledger.AuditLedger;
import io.mcpremote.audit.ledger.LedgerStatus;
import io.mcpremote.audit.ledger.UsageQuery;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Actuator endpoint that tells of the audit ledgers, verifies them and counts who has
 * used which tools.
 *
 * @since 0.1.0
 */
@Endpoint(id = "mcpAudit")
public final class McpAuditEndpoint {

	private static final Log logger = LogFactory.getLog(McpAuditEndpoint.class);

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Instant LAST = Instant.parse("9998-12-31T00:00:00Z");

	private final List<AuditLedger> ledgers;

	private final Clock clock;

	private final AtomicBoolean busy = new AtomicBoolean();

	McpAuditEndpoint(List<AuditLedger> ledgers, Clock clock) {
		this.ledgers = List.copyOf(ledgers);
		this.clock = clock;
	}

	/**
	 * Return how the ledgers are.
	 * @return the state of each
	 */
	@ReadOperation
	public List<LedgerStatus> ledgers() {
		return this.ledgers.stream().map(AuditLedger::status).toList();
	}

	/**
	 * Look at all records, within some time and one request after the other.
	 * @param what {@code verify} or {@code usage}
	 * @param from the first moment of the usage, a day ago if not given
	 * @param to the moment after the last, now if not given
	 * @param tenant a tenant whose usage is counted
	 * @param issuer an issuer whose users' usage is counted
	 * @param user a user whose usage is counted
	 * @param tool a tool whose usage is counted
	 * @return a report of each ledger, {@link Unreadable} in the place of one that cannot
	 * be made, or {@code null} if there is no such operation
	 */
	@ReadOperation
	public @Nullable List<?> read(@Selector String what, @Nullable OffsetDateTime from, @Nullable OffsetDateTime to,
			@Nullable String tenant, @Nullable String issuer, @Nullable String user, @Nullable String tool) {
		return switch (what) {
			case "verify" -> alone((ledger) -> ledger.verify(LIMIT));
			case "usage" -> {
				UsageQuery query = query(from, to, tenant, issuer, user, tool);
				yield alone((ledger) -> ledger.usage(query, LIMIT));
			}
			default -> null;
		};
	}

	private UsageQuery query(@Nullable OffsetDateTime from, @Nullable OffsetDateTime to, @Nullable String tenant,
			@Nullable String issuer, @Nullable String user, @Nullable String tool) {
		Instant end = (to != null) ? to.toInstant() : this.clock.instant();
		Instant begin = (from != null) ? from.toInstant() : end.minus(Duration.ofDays(1));
		if (!begin.isBefore(end) || begin.isBefore(Instant.EPOCH) || end.isAfter(LAST)) {
			throw invalid("'from' must be before 'to', and both between 1970 and 9998");
		}
		return new UsageQuery(begin, end, tenant, issuer, user, tool);
	}

	private List<?> alone(Function<AuditLedger, Object> work) {
		if (!this.busy.compareAndSet(false, true)) {
			throw invalid("Another request is looking at the audit ledgers, try again when it is answered");
		}
		try {
			return this.ledgers.stream().map((ledger) -> look(ledger, work)).toList();
		}
		finally {
			this.busy.set(false);
		}
	}

	/**
	 * One ledger that cannot be read says nothing of the others.
	 */
	private static Object look(AuditLedger ledger, Function<AuditLedger, Object> work) {
		try {
			return work.apply(ledger);
		}
		catch (RuntimeException ex) {
			String name = ledger.status().name();
			logger.warn("The audit ledger '" + name + "' could not be looked at", ex);
			return new Unreadable(name, "The ledger cannot be read, which is in the log");
		}
	}

	private static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	/**
	 * What stands in the place of a report about a ledger that could not be read.
	 *
	 * @param name the name of the ledger
	 * @param failure what has happened
	 */
	public record Unreadable(String name, String failure) {

	}

}
