// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import io.mcpremote.call.ToolException;
import io.mcpremote.input.AllowedPath;
import io.mcpremote.input.AllowedUrl;
import io.mcpremote.input.GuardedRequestFactory;
import io.mcpremote.policy.ToolPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * A tool that opens what a model asks for: public URLs, and files of one directory.
 */
@Component
@Validated
class DocumentTools {

	private static final long MAX_SIZE = 1024 * 1024;

	private final RestClient http;

	private final Path directory;

	DocumentTools(GuardedRequestFactory requests, @Value("${sample.documents}") Path directory) {
		this.http = RestClient.builder().requestFactory(requests).build();
		this.directory = directory;
	}

	@McpTool(name = "import_document", description = "Reads a document, either from a URL or from a file",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
	@ToolPolicy(scopes = "read:projects")
	Document read(
			@McpToolParam(description = "A public URL that begins with https://",
					required = false) @AllowedUrl @Nullable String url,
			@McpToolParam(description = "Path of a file, such as roadmap.md",
					required = false) @AllowedPath(base = "${sample.documents}") @Nullable String path) {
		if (url != null && path == null) {
			return new Document(url, fetch(url));
		}
		if (path != null && url == null) {
			return new Document(path, open(path));
		}
		throw new ToolException("Say which document: give either a url or a path.");
	}

	private String fetch(String url) {
		try {
			String text = this.http.get()
				.uri(URI.create(url))
				.retrieve()
				.onStatus(HttpStatusCode::is3xxRedirection, (request, response) -> {
					throw new ToolException("The document is not at " + url + " but at "
							+ response.getHeaders().getFirst(HttpHeaders.LOCATION) + ": ask for that one.");
				})
				.body(String.class);
			return (text != null) ? text : "";
		}
		catch (RestClientException ex) {
			throw new ToolException("The document at " + url + " cannot be fetched.", ex);
		}
	}

	private String open(String path) {
		try {
			Path file = this.directory.resolve(path);
			if (Files.size(file) > MAX_SIZE) {
				throw new ToolException("The document " + path + " is too large.");
			}
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new ToolException("There is no text to be read at " + path + ".", ex);
		}
	}

	/**
	 * What was read.
	 *
	 * @param source where it is from
	 * @param text what it says
	 */
	record Document(String source, String text) {

	}

}
