// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The sink that logs, of whose lines every one is JSON.
 */
class LoggingAuditSinkTests extends AbstractAuditSinkTests {

	private final LoggingAuditSink sink = new LoggingAuditSink();

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingAuditSink.LOGGER);

	@BeforeEach
	void listen() {
		this.lines.start();
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.lines);
		this.logger.setLevel(null);
	}

	@Override
	protected AuditSink sink() {
		return this.sink;
	}

	@Override
	protected List<String> kept() {
		JsonMapper json = JsonMapper.builder().build();
		return this.lines.list.stream().map((line) -> {
			assertThat(line.getFormattedMessage().lines()).hasSize(1);
			return json.readTree(line.getFormattedMessage()).get("id").asString();
		}).toList();
	}

	@Test
	void appendWhenLoggerIsOffThenSaysSo() {
		this.logger.setLevel(Level.OFF);
		assertThatExceptionOfType(AuditException.class)
			.isThrownBy(() -> this.sink.append(List.of(TestEvents.call("a"))))
			.withMessageContaining("logging.level.mcp.remote.audit");
		assertThat(this.lines.list).isEmpty();
	}

}
