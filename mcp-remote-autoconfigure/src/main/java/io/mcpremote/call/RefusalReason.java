// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * Why a call was turned away.
 *
 * @since 0.1.0
 */
public enum RefusalReason {

	/**
	 * The message is not JSON.
	 */
	NOT_JSON,

	/**
	 * The message is JSON but no acceptable JSON-RPC message.
	 */
	INVALID_REQUEST,

	/**
	 * The message is larger than this server reads.
	 */
	TOO_LARGE,

	/**
	 * The request's media type is not JSON.
	 */
	UNSUPPORTED_MEDIA_TYPE,

	/**
	 * The client accepts none of the media types this server answers with.
	 */
	NOT_ACCEPTABLE,

	/**
	 * The HTTP method is not served here.
	 */
	METHOD_NOT_ALLOWED,

	/**
	 * The web page or host name the request came through is not allowed.
	 */
	FORBIDDEN_ORIGIN,

	/**
	 * The envelope of a modern request is incomplete or malformed.
	 */
	INVALID_ENVELOPE,

	/**
	 * A protocol header is missing or disagrees with the message.
	 */
	HEADER_MISMATCH,

	/**
	 * The protocol revision is not spoken here.
	 */
	UNSUPPORTED_VERSION,

	/**
	 * The client did not declare a capability the call needs.
	 */
	MISSING_CAPABILITY,

	/**
	 * There is no such method.
	 */
	METHOD_NOT_FOUND,

	/**
	 * The parameters are not acceptable.
	 */
	INVALID_PARAMS,

	/**
	 * There is no such tool or prompt, or the caller is not to know of it.
	 */
	UNKNOWN_TARGET,

	/**
	 * There is no such resource, or the caller is not to know of it.
	 */
	UNKNOWN_RESOURCE,

	/**
	 * A session is required and was not named.
	 */
	SESSION_REQUIRED,

	/**
	 * There is no such session, or it is not the caller's.
	 */
	UNKNOWN_SESSION,

	/**
	 * Nobody vouches for the caller.
	 */
	UNAUTHENTICATED,

	/**
	 * The caller's token lacks a scope.
	 */
	INSUFFICIENT_SCOPE,

	/**
	 * The caller asks for too much.
	 */
	LIMITED,

	/**
	 * The server cannot take the call just now.
	 */
	UNAVAILABLE,

	/**
	 * Something in the server went wrong before the target was called.
	 */
	INTERNAL_ERROR

}
