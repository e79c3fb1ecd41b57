// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A client that follows no redirect unasked, and keeps its cookies.
 */
public final class Http {

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.cookieHandler(new CookieManager())
		.build();

	private final String origin;

	/**
	 * Create a client.
	 * @param origin what all URLs begin with
	 */
	public Http(String origin) {
		this.origin = origin;
	}

	/**
	 * Create a client of a server on this machine.
	 * @param port the port of the server
	 * @return the client
	 */
	public static Http local(int port) {
		return new Http("http://localhost:" + port);
	}

	/**
	 * Read a page as a browser does.
	 * @param path the path of the page
	 * @param headers further headers, name and value in turn
	 * @return the response
	 */
	public HttpResponse<String> page(String path, String... headers) {
		return send(request(path, headers).header("Accept", "text/html").GET());
	}

	/**
	 * Read something that is no page.
	 * @param path the path
	 * @param headers further headers, name and value in turn
	 * @return the response
	 */
	public HttpResponse<String> get(String path, String... headers) {
		return send(request(path, headers).header("Accept", "application/json").GET());
	}

	/**
	 * Submit a form.
	 * @param path where it goes
	 * @param form its fields, encoded
	 * @return the response
	 */
	public HttpResponse<String> submit(String path, String form) {
		return send(request(path).header("Accept", "text/html")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
	}

	/**
	 * Send a message of MCP.
	 * @param path where the endpoint is
	 * @param body the message
	 * @param headers further headers, name and value in turn
	 * @return the response
	 */
	public HttpResponse<String> mcp(String path, String body, String... headers) {
		return send(request(path, headers).header("Accept", "application/json, text/event-stream")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	/**
	 * Sign in with the form of the application.
	 * @param user the name of the user
	 * @param password the password
	 * @return what comes after the form
	 */
	public HttpResponse<String> signIn(String user, String password) {
		return submit("/login", "username=" + user + "&password=" + password + "&_csrf=" + csrf(page("/login").body()));
	}

	/**
	 * Return the token that a form has.
	 * @param page the page with the form
	 * @return the token
	 */
	public static String csrf(String page) {
		return page.replaceAll("(?s).*name=\"_csrf\"[^>]*value=\"([^\"]*)\".*", "$1");
	}

	/**
	 * Return a header.
	 * @param response the response
	 * @param name the name of the header
	 * @return its value, empty if there is none
	 */
	public static String header(HttpResponse<?> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

	private HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.origin + path))
			.timeout(Duration.ofSeconds(30));
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
