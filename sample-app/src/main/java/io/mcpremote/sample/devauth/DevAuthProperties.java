// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who can sign in.
 *
 * @param accounts the accounts by name
 */
@ConfigurationProperties("dev-auth")
record DevAuthProperties(@DefaultValue Map<String, Account> accounts) {

	/**
	 * Somebody who can sign in.
	 *
	 * @param password the password
	 * @param tenant the organisation
	 * @param scopes what a client can be given on their behalf
	 * @param roles what they are in this application
	 */
	record Account(String password, @Nullable String tenant, @DefaultValue Set<String> scopes,
			@DefaultValue Set<String> roles) {

	}

}
