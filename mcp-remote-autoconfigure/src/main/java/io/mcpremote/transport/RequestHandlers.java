// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

/**
 * What serves the requests that the endpoint lets in.
 *
 * @param posts serves what clients post
 * @param streams serves what only sessions have
 */
record RequestHandlers(PostHandler posts, StreamHandler streams) {

}
