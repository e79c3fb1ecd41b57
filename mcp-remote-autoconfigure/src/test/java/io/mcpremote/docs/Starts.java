// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Applications that do not start, by the name that the documentation has for what is
 * wrong with them.
 */
final class Starts {

	private static final String OPEN = "mcp.remote.security.enabled=false";

	private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

	private static final String ISSUER = JWT + "issuer-uri=https://auth.example.com";

	private static final String SERVERS = "mcp.remote.security.authorization-servers=https://auth.example.com";

	private static final String SECURITY = "mcp.remote.security.";

	private static final String KEYS = SECURITY + "api-key.keys";

	private static final String LEDGER = "mcp.remote.audit.ledger.";

	private static final String FILES = "mcp.remote.audit.file.directory=target/start-failures";

	private static final String VERIFY = "mcp.remote.audit.verify=no-such-directory";

	private static final String TABLE = "mcp.remote.audit.jdbc.enabled=true";

	private static final String LIMITED = "mcp.remote.rate-limit.enabled=true";

	static final String REACTIVE = "spring.main.web-application-type=reactive";

	private static final String EXCLUDE = "spring.autoconfigure.exclude=";

	private final Map<String, Start> all = new TreeMap<>();

	private Starts() {
	}

	static Map<String, Start> all() {
		Starts starts = new Starts();
		starts.transport();
		starts.security();
		starts.apiKeys();
		starts.policies();
		starts.features();
		starts.input();
		starts.audit();
		starts.operation();
		return starts.all;
	}

	private void transport() {
		open("public-url", "mcp.remote.public-url=http://mcp.example.com/mcp");
		open("protocol", "spring.ai.mcp.server.protocol=SSE");
		open("sessions-required", "mcp.remote.sessions.required=true");
		open("request-state-key", "mcp.remote.request-state.keys=short");
		open("max-size", "mcp.remote.message.max-size=0");
		open("no-tools", "spring.ai.mcp.server.annotation-scanner.enabled=false");
		open("no-server",
				EXCLUDE + "org.springframework.ai.mcp.server.common.autoconfigure.McpServerAutoConfiguration");
		start("parameter-header", List.of(OPEN), StartComponents.HeaderOfNumber.class);
	}

	private void security() {
		start("no-issuer");
		start("no-authorization-server", JWT + "jwk-set-uri=https://auth.example.com/keys");
		start("keys-of-nobody", JWT + "jwk-set-uri=https://auth.example.com/keys",
				SECURITY + "issuers[0].uri=https://other.example.com");
		start("issuer-twice", ISSUER, SECURITY + "issuers[0].uri=https://auth.example.com");
		start("introspection-client", SERVERS, "spring.security.oauth2.resourceserver.opaquetoken.introspection-uri="
				+ "https://auth.example.com/introspect");
		start("two-decoders", List.of(SERVERS), StartComponents.TwoDecoders.class);
		start("public-key", SERVERS, JWT + "public-key-location=classpath:io/mcpremote/security/api-key-schema.sql");
		start("metadata-mirror", List.of(SECURITY + "metadata-mirror=true"), StartComponents.Keys.class);
		start("scope-hierarchy", ISSUER, SECURITY + "scope-hierarchy=read");
		start("not-enforced", ISSUER, EXCLUDE + "io.mcpremote.security.McpRemoteAuthorizationAutoConfiguration");
		open("token-exchange", "mcp.remote.token-exchange.downstreams.billing.base-url=https://billing.example.com");
	}

	private void apiKeys() {
		start("api-key-digest", KEYS + "[0].id=3gXkQ0aB9zLm", KEYS + "[0].digest=abc", KEYS + "[0].owner=build-server");
		List<String> three = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			three.add(KEYS + "[" + i + "].id=3gXkQ0aB9zL" + i);
			three.add(KEYS + "[" + i + "].digest=" + Integer.toString(i).repeat(64));
			three.add(KEYS + "[" + i + "].owner=build-server");
		}
		start("api-key-owner", three);
		List<String> minting = new ArrayList<>(three.subList(0, 6));
		minting.add(SECURITY + "api-key.mint=build-server");
		start("api-key-mint", minting, StartComponents.Tools.class);
		start("api-keys-elsewhere", three.subList(0, 3), StartComponents.Keys.class);
		start("api-keys-without-database", SECURITY + "api-key.store=jdbc");
		start("api-keys-without-table", List.of(SECURITY + "api-key.store=jdbc"), StartComponents.Database.class);
		start("api-keys-without-connection", List.of(SECURITY + "api-key.store=jdbc"),
				StartComponents.NoDatabase.class);
	}

	private void policies() {
		open("unknown-tool", "mcp.remote.tools.no-such-tool.timeout=5s");
		open("unknown-key", "mcp.remote.tools.greet.no-such-key=1");
		start("require-policy", List.of(OPEN, "mcp.remote.require-policy=true"), StartComponents.Undecided.class);
		open("public-with-scopes", "mcp.remote.tools.greet.access=public", "mcp.remote.tools.greet.scopes=read");
		open("scope-prefix", "mcp.remote.tools.greet.scopes=SCOPE_read");
		open("scope-name", "mcp.remote.tools.greet.scopes=read all");
		open("timeout", "mcp.remote.tools.greet.timeout=-1s");
		open("rate", "mcp.remote.tools.greet.rate-limit=often");
		start("only-tools", List.of(OPEN, "mcp.remote.prompts.weekly.confirm=Sure?"), StartComponents.Tools.class,
				StartComponents.Prompts.class);
		start("annotation-timeout", List.of(OPEN), StartComponents.TimeoutInWords.class);
		start("annotation-alone", List.of(OPEN), StartComponents.PolicyAlone.class);
		start("callbacks-twice", List.of(OPEN), StartComponents.CallbacksTwice.class);
	}

	private void features() {
		open("cost", LIMITED, "mcp.remote.tools.greet.cost=1000");
		open("rate-limit", "mcp.remote.rate-limit.user=often");
		start("tenant-limit", ISSUER, "mcp.remote.rate-limit.tenant=5000/1m");
		open("guard-missing", LIMITED, EXCLUDE + "io.mcpremote.ratelimit.McpRemoteRateLimitAutoConfiguration",
				"mcp.remote.tools.greet.rate-limit=5/1h");
		open("breaker", "resilience4j.circuitbreaker.instances.greet.base-config=no-such-config");
		open("cache", "mcp.remote.tools.greet.cache.time-to-live=30s");
		open("invalidates", "mcp.remote.tools.greet.invalidates=no-such-tool");
		open("confirm", "mcp.remote.tools.greet.confirm=Greet {whom}?");
		open("replaced-by", "mcp.remote.tools.greet.deprecated.replaced-by=no-such-tool");
	}

	private void input() {
		start("url-hosts", List.of(OPEN), StartComponents.Pages.class);
		start("no-validator",
				List.of(OPEN,
						EXCLUDE + "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration"),
				StartComponents.Constrained.class);
		start("no-validator-for-prompts",
				List.of(OPEN,
						EXCLUDE + "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration"),
				StartComponents.Tools.class, StartComponents.ConstrainedPrompts.class);
		start("not-validated", List.of(OPEN, EXCLUDE + "io.mcpremote.input.McpRemoteValidationAutoConfiguration"),
				StartComponents.Constrained.class);
		start("constrained-prompt", List.of(OPEN), StartComponents.Tools.class,
				StartComponents.ConstrainedPrompts.class);
	}

	private void audit() {
		open("audit-required", "mcp.remote.audit.required=true");
		start("audit-sinks", List.of(OPEN), StartComponents.TwoSinks.class);
		open("audit-key", FILES);
		open("audit-secret", FILES, LEDGER + "keys[0].id=a", LEDGER + "keys[0].secret=short");
		String[] keys = { FILES, LEDGER + "keys[0].id=a", LEDGER + "keys[0].secret=" + "A".repeat(43) + "=",
				LEDGER + "signing-keys[0].id=b" };
		KeyPair pair = pair();
		open("audit-signing-key", with(keys, LEDGER + "signing-keys[0].public-key=" + text(pair.getPublic())));
		open("audit-signing-key-form", with(keys, LEDGER + "signing-keys[0].public-key=short"));
		open("audit-signing-pair", with(keys, LEDGER + "signing-keys[0].public-key=" + text(pair.getPublic()),
				LEDGER + "signing-keys[0].private-key=" + text(pair().getPrivate())));
		open("audit-verify-key", VERIFY);
		open("audit-verify", VERIFY, keys[1], keys[2]);
		open("audit-without-database", TABLE, keys[1], keys[2]);
		start("audit-without-table",
				List.of(OPEN, TABLE, "mcp.remote.audit.jdbc.initialize-schema=never", keys[1], keys[2]),
				StartComponents.Database.class);
		start("audit-without-name", List.of(OPEN, TABLE, keys[1], keys[2]), StartComponents.NamelessLedger.class);
	}

	private void operation() {
		open("console-open", "mcp.remote.console.enabled=true");
		open("console-proxy", "mcp.remote.console.enabled=true", "mcp.remote.console.unsecured=true",
				"server.forward-headers-strategy=native");
		open("port", "server.port=" + StartFailureTests.TAKEN_PORT);
		open("webflux", REACTIVE);
	}

	private void open(String name, String... properties) {
		start(name, List.of(with(properties, OPEN)), StartComponents.Tools.class);
	}

	private void start(String name, String... properties) {
		start(name, List.of(properties), StartComponents.Tools.class);
	}

	private void start(String name, List<String> properties, Class<?>... components) {
		if (this.all.put(name, new Start(properties, components)) != null) {
			throw new IllegalArgumentException("Twice: " + name);
		}
	}

	private static String[] with(String[] some, String... more) {
		List<String> all = new ArrayList<>(List.of(some));
		all.addAll(List.of(more));
		return all.toArray(String[]::new);
	}

	private static KeyPair pair() {
		try {
			return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String text(Key key) {
		return Base64.getEncoder().encodeToString(key.getEncoded());
	}

	/**
	 * An application that does not start.
	 *
	 * @param properties its properties, as {@code key=value}
	 * @param components its beans
	 */
	record Start(List<String> properties, Class<?>... components) {

	}

}
