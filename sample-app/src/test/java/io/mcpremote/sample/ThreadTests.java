// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the threads that requests are served by.
 */
class ThreadTests extends AbstractSampleTests {

	private static final boolean VIRTUAL = Runtime.version().feature() >= 21;

	@Test
	void requestsWhenServedThenOnVirtualThreadsWhereThereAreAny(
			@Autowired ServletWebServerApplicationContext application) throws Exception {
		TomcatWebServer server = (TomcatWebServer) application.getWebServer();
		assertThat(isVirtual(server.getTomcat().getConnector().getProtocolHandler().getExecutor())).isEqualTo(VIRTUAL);
	}

	@Test
	void tasksWhenStartedThenOnVirtualThreadsWhereThereAreAny(
			@Autowired @Qualifier("applicationTaskExecutor") Executor executor) throws Exception {
		assertThat(isVirtual(executor)).isEqualTo(VIRTUAL);
	}

	/**
	 * By the name of the class, for Java 17.
	 */
	private static boolean isVirtual(Executor executor) throws Exception {
		CompletableFuture<String> thread = new CompletableFuture<>();
		executor.execute(() -> thread.complete(Thread.currentThread().getClass().getName()));
		return thread.get(30, TimeUnit.SECONDS).equals("java.lang.VirtualThread");
	}

}
