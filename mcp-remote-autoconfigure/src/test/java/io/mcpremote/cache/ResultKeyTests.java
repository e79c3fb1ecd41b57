// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.Revision;
import io.mcpremote.policy.CacheScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.i18n.LocaleContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that may come to something else have another key.
 */
class ResultKeyTests {

	private static final Caller ALICE = new Caller("alice", "https://issuer.example", "client", "192.0.2.1", "acme");

	private Set<String> authorities = Set.of("SCOPE_read");

	private final ResultKeys keys = new ResultKeys("1.0", () -> this.authorities);

	@AfterEach
	void resetLocale() {
		LocaleContextHolder.resetLocaleContext();
	}

	@ParameterizedTest
	@MethodSource
	void ofWhenArgumentsDifferThenOtherKey(Object one, Object other) {
		ResultKey first = key(Map.of("value", one));
		ResultKey second = key(Map.of("value", other));
		assertThat(first).isNotEqualTo(second);
		assertThat(first.digest()).isNotEqualTo(second.digest());
	}

	static Stream<Object[]> ofWhenArgumentsDifferThenOtherKey() {
		return Stream.of(new Object[] { 1, 2 }, new Object[] { 1, 1.0 }, new Object[] { 1, "1" },
				new Object[] { 0.0, -0.0 }, new Object[] { true, "true" }, new Object[] { "\u00e9", "e\u0301" },
				new Object[] { new BigInteger("9223372036854775808"), new BigInteger("9223372036854775809") },
				new Object[] { List.of(1, 2), List.of(2, 1) }, new Object[] { List.of(), Map.of() },
				new Object[] { Map.of("a", 1), Map.of("a", 1, "b", 2) },
				// Two texts of which Java's hash codes are the same
				new Object[] { "Aa", "BB" });
	}

	@Test
	void ofWhenMembersInOtherOrderThenSame() {
		Map<String, Object> one = new LinkedHashMap<>();
		one.put("a", 1);
		one.put("b", null);
		Map<String, Object> other = new LinkedHashMap<>();
		other.put("b", null);
		other.put("a", 1);
		assertSame(key(one), key(other));
		assertThat(key(one)).isNotEqualTo(key(Map.of("a", 1)));
	}

	@Test
	void ofWhenUserThenOwnOfCallerAndRights() {
		ResultKey key = of(ALICE, "s1", CacheScope.USER, Map.of());
		assertSame(key, of(ALICE, "s2", CacheScope.USER, Map.of()));
		assertSame(key, of(new Caller("alice", "https://issuer.example", "client", "198.51.100.7", "acme"), "s1",
				CacheScope.USER, Map.of()));
		assertThat(Stream
			.of(new Caller("bob", "https://issuer.example", "client", "192.0.2.1", "acme"),
					new Caller("alice", "https://other.example", "client", "192.0.2.1", "acme"),
					new Caller("alice", "https://issuer.example", "other", "192.0.2.1", "acme"),
					new Caller("alice", "https://issuer.example", null, "192.0.2.1", "acme"),
					new Caller("alice", "https://issuer.example", "null", "192.0.2.1", "acme"),
					new Caller("alice", "https://issuer.example", "client", "192.0.2.1", "other"),
					new Caller("alice", "https://issuer.example", "client", "192.0.2.1"))
			.map((caller) -> of(caller, "s1", CacheScope.USER, Map.of()))).doesNotContain(key)
			.extracting(ResultKey::digest)
			.doesNotContain(key.digest())
			.doesNotHaveDuplicates();
		this.authorities = Set.of("SCOPE_read", "SCOPE_write");
		assertThat(of(ALICE, "s1", CacheScope.USER, Map.of())).isNotEqualTo(key);
	}

	@Test
	void ofWhenSessionThenOwnOfSession() {
		ResultKey key = of(ALICE, "s1", CacheScope.SESSION, Map.of());
		assertSame(key, of(ALICE, "s1", CacheScope.SESSION, Map.of()));
		assertThat(of(ALICE, "s2", CacheScope.SESSION, Map.of())).isNotEqualTo(key);
		assertThat(of(ALICE, null, CacheScope.SESSION, Map.of())).isNotEqualTo(key)
			.isEqualTo(of(ALICE, null, CacheScope.SESSION, Map.of()));
	}

	@Test
	void ofWhenSharedThenOfTenant() {
		ResultKey key = of(ALICE, "s1", CacheScope.SHARED, Map.of());
		this.authorities = Set.of();
		assertSame(key, of(new Caller("bob", "https://issuer.example", "other", "192.0.2.9", "acme"), null,
				CacheScope.SHARED, Map.of()));
		assertThat(of(new Caller("bob", "https://issuer.example", "other", "192.0.2.9", "umbrella"), null,
				CacheScope.SHARED, Map.of()))
			.isNotEqualTo(key);
		assertThat(of(new Caller("bob", "https://other.example", "other", "192.0.2.9", "acme"), null, CacheScope.SHARED,
				Map.of()))
			.isNotEqualTo(key);
		assertSame(of(Caller.anonymous("192.0.2.1"), null, CacheScope.SHARED, Map.of()), of(
				new Caller("bob", "https://other.example", "other", "192.0.2.9"), null, CacheScope.SHARED, Map.of()));
		assertThat(key.user()).isNull();
	}

	@Test
	void ofWhenLocaleOrVersionDiffersThenOtherKey() {
		LocaleContextHolder.setLocale(Locale.GERMAN);
		ResultKey german = key(Map.of());
		LocaleContextHolder.setLocale(Locale.FRENCH);
		assertThat(key(Map.of())).isNotEqualTo(german);
		LocaleContextHolder.setLocale(Locale.GERMAN);
		assertSame(key(Map.of()), german);
		ResultKey next = new ResultKeys("1.1", () -> this.authorities).of(call(ALICE, "s1", Map.of()), "list",
				CacheScope.USER);
		assertThat(next).isNotEqualTo(german);
	}

	@Test
	void ofWhenMetadataIsForToolsThenPartOfKey() {
		ResultKey key = of(ALICE, "s1", CacheScope.USER, Map.of());
		assertSame(key,
				of(ALICE, "s1", CacheScope.USER,
						Map.of("_meta",
								Map.of("progressToken", 7, "traceparent", "00-1-2-01",
										"io.modelcontextprotocol/clientInfo", Map.of("name", "x"),
										"io.mcpremote/idempotencyKey", "k"))));
		assertThat(of(ALICE, "s1", CacheScope.USER, Map.of("_meta", Map.of("com.example/branch", "main"))))
			.isNotEqualTo(key)
			.isNotEqualTo(of(ALICE, "s1", CacheScope.USER, Map.of("_meta", Map.of("com.example/branch", "dev"))));
	}

	@Test
	void toStringThenWithoutArguments() {
		assertThat(key(Map.of("password", "secret"))).hasToString("result of 'list'");
	}

	private static void assertSame(ResultKey one, ResultKey other) {
		assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
		assertThat(one.digest()).isEqualTo(other.digest());
	}

	private ResultKey key(Map<String, Object> arguments) {
		return of(ALICE, "s1", CacheScope.USER, Map.of("arguments", arguments));
	}

	private ResultKey of(Caller caller, String session, CacheScope scope, Map<String, Object> params) {
		return this.keys.of(call(caller, session, params), "list", scope);
	}

	private static McpCall call(Caller caller, String session, Map<String, Object> params) {
		return new McpCall("c-1", Revision.V2025_11_25, "tools/call", "list", params, caller, session, null,
				TraceContext.NONE, Instant.EPOCH);
	}

}
