// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Mints a key, shows it and ends the application, before any of it has begun to work.
 */
final class ApiKeyMintCommand implements SmartInitializingSingleton {

	private final McpRemoteApiKeyProperties properties;

	private final ApiKeyMint mint;

	private final Supplier<@Nullable ApiKeys> store;

	private final PrintStream output;

	private final IntConsumer exit;

	/**
	 * Create the command.
	 * @param properties say what to mint
	 * @param mint makes keys
	 * @param store where keys are kept, {@code null} if in the configuration
	 * @param output where the key is shown
	 * @param exit ends the process
	 */
	ApiKeyMintCommand(McpRemoteApiKeyProperties properties, ApiKeyMint mint, Supplier<@Nullable ApiKeys> store,
			PrintStream output, IntConsumer exit) {
		this.properties = properties;
		this.mint = mint;
		this.store = store;
		this.output = output;
		this.exit = exit;
	}

	@Override
	public void afterSingletonsInstantiated() {
		String owner = Objects.requireNonNull(this.properties.mint());
		Duration validFor = (this.properties.mintExpires().isZero()) ? null : this.properties.mintExpires();
		ApiKeys keys = this.store.get();
		if (keys == null) {
			MintedApiKey minted = this.mint.mint(owner, this.properties.mintScopes(), this.properties.mintRoles(),
					validFor);
			show(minted, "Accept it by what is kept of it, in the configuration:", new ApiKeyYaml(minted.key()).text());
		}
		else {
			checkRoom(keys, owner);
			MintedApiKey minted = keys.mint(owner, this.properties.mintScopes(), this.properties.mintRoles(), validFor);
			show(minted, "It has been saved as " + minted.key().id() + ", and is accepted from now on.", "");
		}
		this.exit.accept(0);
	}

	private void checkRoom(ApiKeys keys, String owner) {
		List<String> live = keys.findByOwner(owner)
			.stream()
			.filter((key) -> key.isLive(this.mint.now()))
			.map(ApiKey::id)
			.toList();
		if (live.size() >= ApiKeyStore.MAX_LIVE_KEYS) {
			throw ApiKeyPropertyChecks.withoutRoom(owner, live);
		}
	}

	private void show(MintedApiKey minted, String next, String configuration) {
		ApiKey key = minted.key();
		String expiry = (key.expires() != null) ? "It expires at " + key.expires() + "." : "It does not expire.";
		this.output.print("""
				The API key of %s, which is shown only this once:

				    %s

				%s
				%s
				%s""".formatted(key.owner(), minted.token(), expiry, next, configuration));
		this.output.flush();
	}

}
