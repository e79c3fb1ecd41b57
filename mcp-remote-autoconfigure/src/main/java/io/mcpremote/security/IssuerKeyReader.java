// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.ResourceRetriever;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of an issuer. Where they are is asked for seldom, and if there is no
 * answer they are still where they have been.
 */
final class IssuerKeyReader {

	private static final Duration SETTLED = Duration.ofHours(1);

	private final ResourceRetriever retriever;

	private final @Nullable String issuer;

	private final @Nullable String jwkSetUri;

	private final Clock clock;

	private volatile @Nullable Place place;

	/**
	 * Create a reader.
	 * @param retriever reads documents
	 * @param issuer whose keys they are, if known
	 * @param jwkSetUri where the keys are, {@code null} to ask the issuer
	 * @param clock tells when to ask again
	 */
	IssuerKeyReader(ResourceRetriever retriever, @Nullable String issuer, @Nullable String jwkSetUri, Clock clock) {
		this.retriever = retriever;
		this.issuer = issuer;
		this.jwkSetUri = jwkSetUri;
		this.clock = clock;
	}

	JWKSet read() throws IOException, ParseException {
		if (this.jwkSetUri != null) {
			return read(this.jwkSetUri);
		}
		Place current = find();
		try {
			return read(current.uri());
		}
		catch (IOException | ParseException | RuntimeException ex) {
			// Perhaps they have moved
			this.place = new Place(current.uri(), Instant.MIN);
			throw ex;
		}
	}

	private JWKSet read(String uri) throws IOException, ParseException {
		return JWKSet.parse(this.retriever.retrieveResource(URI.create(uri).toURL()).getContent());
	}

	private Place find() throws IOException {
		Place known = this.place;
		Instant now = this.clock.instant();
		if (known != null && now.isBefore(known.until())) {
			return known;
		}
		try {
			Place found = new Place(ask(), now.plus(SETTLED));
			this.place = found;
			return found;
		}
		catch (IOException ex) {
			if (known != null) {
				return known;
			}
			throw ex;
		}
	}

	private String ask() throws IOException {
		if (this.issuer != null
				&& new IssuerMetadata(this.retriever).read(this.issuer).get("jwks_uri") instanceof String uri) {
			return uri;
		}
		throw new IOException("The metadata of the issuer does not say where its keys are");
	}

	/**
	 * Return whose keys they are, for operators and logs: URLs may hold credentials.
	 */
	String shown() {
		try {
			URI uri = URI.create(location());
			String port = (uri.getPort() != -1) ? ":" + uri.getPort() : "";
			return (uri.getHost() != null) ? uri.getScheme() + "://" + uri.getHost() + port + uri.getPath() : "unnamed";
		}
		catch (IllegalArgumentException ex) {
			return "unnamed";
		}
	}

	/**
	 * Return whether nothing had to be left out, so that messages may repeat the URL.
	 */
	boolean isShown() {
		return shown().equals(location());
	}

	private String location() {
		return String.valueOf((this.jwkSetUri != null) ? this.jwkSetUri : this.issuer);
	}

	private record Place(String uri, Instant until) {

	}

}
