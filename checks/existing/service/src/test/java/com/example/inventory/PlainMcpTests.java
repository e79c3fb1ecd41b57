// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the tools as Spring AI serves them by itself: to everybody, in sessions. The
 * starter is there to change that, hence these are the only tests that do not outlive it.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Tag("plain")
class PlainMcpTests {

	@LocalServerPort
	private int port;

	@Test
	void initializeWhenWithoutTokenThenSessionOfSpringAi() {
		Http client = Http.local(this.port);
		HttpResponse<String> response = client.mcp("/mcp",
				"""
						{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},\
						"clientInfo":{"name":"client","version":"1"}}}""");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("stock-desk", "3.4.0");
		String session = Http.header(response, "Mcp-Session-Id");
		assertThat(session).isNotEmpty();
		client.mcp("/mcp", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", "Mcp-Session-Id", session);
		assertThat(client.mcp("/mcp",
				"""
						{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"stock_level","arguments":{"sku":"A-1"}}}""",
				"Mcp-Session-Id", session)
			.body()).contains("A-1: 4");
	}

}
