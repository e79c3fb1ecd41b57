// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mcpremote.call.RefusalReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RpcMessageTests {

	@ParameterizedTest
	@MethodSource("goodIds")
	void ofWhenMethodAndIdThenRequest(Object id) throws RefusedException {
		RpcMessage message = RpcMessage.of(message("id", id, "method", "ping", "params", Map.of("x", 1)));
		assertThat(message).isEqualTo(new RpcMessage.Request(id, "ping", Map.of("x", 1)));
	}

	static Stream<Object> goodIds() {
		return Stream.of(0, -1, Long.MAX_VALUE, new BigInteger("9".repeat(30)), "", "a", "i".repeat(1024));
	}

	@ParameterizedTest
	@MethodSource("badIds")
	void ofWhenIdUnacceptableThenRefusedWithoutId(Object id) {
		for (Map<String, Object> message : List.of(message("id", id, "method", "ping"),
				message("id", id, "result", Map.of()))) {
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> RpcMessage.of(message))
				.satisfies((ex) -> assertThat(ex.requestId()).isNull())
				.satisfies((ex) -> assertThat(ex.refusal().reason()).isEqualTo(RefusalReason.INVALID_REQUEST));
		}
	}

	static Stream<Object> badIds() {
		return Stream.of(null, 1.0, true, Map.of(), List.of(1), "i".repeat(1025))
			.map((id) -> (id != null) ? id : Null.NULL);
	}

	@Test
	void ofWhenMethodOnlyThenNotification() throws RefusedException {
		assertThat(RpcMessage.of(message("method", "notifications/x")))
			.isEqualTo(new RpcMessage.Notification("notifications/x", Map.of()));
	}

	@Test
	void ofWhenResultOrErrorThenResponse() throws RefusedException {
		Map<String, Object> result = message("id", 3, "result", Map.of());
		Map<String, Object> error = message("id", "x", "error", Map.of("code", -1));
		assertThat(RpcMessage.of(result)).isEqualTo(new RpcMessage.Response(3, result));
		assertThat(RpcMessage.of(error)).isEqualTo(new RpcMessage.Response("x", error));
	}

	@Test
	void ofWhenMethodAndResultThenRequest() throws RefusedException {
		assertThat(RpcMessage.of(message("id", 3, "method", "ping", "result", Map.of())))
			.isInstanceOf(RpcMessage.Request.class);
	}

	@Test
	void ofWhenNoObjectThenRefused() {
		for (Object json : Arrays.asList(null, 1, "x", true, List.of())) {
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> RpcMessage.of(json))
				.satisfies((ex) -> assertThat(ex.requestId()).isNull());
		}
	}

	@ParameterizedTest
	@MethodSource("wrong")
	void ofWhenWrongThenRefusedWithId(Map<String, Object> message) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> RpcMessage.of(message))
			.satisfies((ex) -> assertThat(ex.requestId()).isEqualTo(7))
			.satisfies((ex) -> assertThat(ex.refusal().reason()).isEqualTo(RefusalReason.INVALID_REQUEST));
	}

	static Stream<Map<String, Object>> wrong() {
		return Stream.of(Map.of("id", 7, "method", "ping"), message("jsonrpc", "1.0", "id", 7, "method", "ping"),
				message("jsonrpc", 2.0, "id", 7, "method", "ping"),
				message("jsonrpc", "2.00", "id", 7, "method", "ping"), message("id", 7),
				message("id", 7, "method", Null.NULL), message("id", 7, "method", ""), message("id", 7, "method", 5),
				message("id", 7, "method", "m".repeat(257)), message("id", 7, "method", "ping", "params", Null.NULL),
				message("id", 7, "method", "ping", "params", List.of()),
				message("id", 7, "method", "ping", "params", "x"), message("id", 7, "result", 5),
				message("id", 7, "result", Map.of(), "error", Map.of()), message("id", 7, "error", "x"));
	}

	private static Map<String, Object> message(Object... members) {
		Map<String, Object> message = new HashMap<>(Collections.singletonMap("jsonrpc", "2.0"));
		for (int i = 0; i < members.length; i += 2) {
			message.put((String) members[i], (members[i + 1] != Null.NULL) ? members[i + 1] : null);
		}
		return message;
	}

	/**
	 * Stands for JSON's null where Java's is not allowed.
	 */
	private enum Null {

		NULL

	}

}
