// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.Serial;
import java.util.Collection;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/**
 * Says that an API key has let its owner in. Does not contain the key.
 *
 * @since 0.1.0
 */
public final class ApiKeyAuthentication extends AbstractAuthenticationToken {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String owner;

	private final String keyId;

	/**
	 * Create the authentication.
	 * @param owner the owner of the key
	 * @param keyId the id of the key
	 * @param authorities what the key allows
	 */
	public ApiKeyAuthentication(String owner, String keyId, Collection<? extends GrantedAuthority> authorities) {
		super(authorities);
		this.owner = owner;
		this.keyId = keyId;
		setAuthenticated(true);
	}

	/**
	 * Return the id of the key.
	 * @return the id
	 */
	public String getKeyId() {
		return this.keyId;
	}

	/**
	 * Return the owner of the key.
	 */
	@Override
	public Object getPrincipal() {
		return this.owner;
	}

	/**
	 * Return nothing, since the key is not kept.
	 */
	@Override
	public Object getCredentials() {
		return "";
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return super.equals(other) && other instanceof ApiKeyAuthentication that && this.keyId.equals(that.keyId);
	}

	@Override
	public int hashCode() {
		return Objects.hash(super.hashCode(), this.keyId);
	}

}
