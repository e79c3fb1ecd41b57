// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Where the endpoint is, for clients and within the application. Never learnt from a
 * request, whose headers say what the client likes.
 *
 * @since 0.1.0
 */
public final class EndpointLocation {

	/**
	 * Where metadata of protected resources is, as RFC 9728 has it.
	 */
	public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

	private final @Nullable URI publicUrl;

	private final String contextPath;

	private final String path;

	private final IntSupplier port;

	/**
	 * Create a location.
	 * @param publicUrl the URL that clients use, {@code null} for the loopback interface
	 * @param contextPath the context path of the application, may be empty
	 * @param path the path of the endpoint within the application, as it is configured
	 * @param port the port on the loopback interface
	 */
	public EndpointLocation(@Nullable URI publicUrl, String contextPath, String path, IntSupplier port) {
		this.publicUrl = publicUrl;
		this.contextPath = ("/".equals(contextPath)) ? "" : contextPath;
		String slashed = (path.startsWith("/")) ? path : "/" + path;
		this.path = ("/".equals(slashed)) ? "" : slashed;
		this.port = port;
	}

	/**
	 * Return the path of the endpoint within the application.
	 * @return the path, which begins with a slash, or is empty for the root
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Return the identifier of the endpoint as an OAuth resource.
	 * @return the URL without a trailing slash, scheme and host in lower case
	 */
	public String resource() {
		return origin() + resourcePath();
	}

	/**
	 * Return where clients find the metadata of the resource.
	 * @return the URL
	 */
	public String metadataUrl() {
		String path = resourcePath();
		boolean within = !this.contextPath.isEmpty() && (path + "/").startsWith(this.contextPath + "/");
		// An application with a context path has nothing to say about the root of its
		// host
		return (within) ? origin() + this.contextPath + WELL_KNOWN + path.substring(this.contextPath.length())
				: origin() + WELL_KNOWN + path;
	}

	/**
	 * Return the paths within the application at which the metadata is served.
	 * @return the paths, of which one is the path of {@link #metadataUrl()}
	 */
	public Set<String> metadataPaths() {
		Set<String> paths = new LinkedHashSet<>();
		paths.add(WELL_KNOWN + resourcePath());
		paths.add(WELL_KNOWN + this.path);
		return paths;
	}

	private String origin() {
		if (this.publicUrl == null) {
			return "http://localhost:" + this.port.getAsInt();
		}
		String port = (this.publicUrl.getPort() != -1) ? ":" + this.publicUrl.getPort() : "";
		return (this.publicUrl.getScheme() + "://" + this.publicUrl.getHost()).toLowerCase(Locale.ROOT) + port;
	}

	private String resourcePath() {
		if (this.publicUrl == null) {
			return this.contextPath + this.path;
		}
		String path = (this.publicUrl.getRawPath() != null) ? this.publicUrl.getRawPath() : "";
		return (path.endsWith("/")) ? path.substring(0, path.length() - 1) : path;
	}

}
