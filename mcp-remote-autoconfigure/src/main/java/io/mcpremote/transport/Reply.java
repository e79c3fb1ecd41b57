// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.CallStream;

/**
 * Where the answer to a call goes, as the call itself sees it.
 */
interface Reply extends CallStream {

	/**
	 * For what happens without a request to answer.
	 */
	Reply NOWHERE = new Reply() {

		@Override
		public void notify(String method, Object params) {
			// Nobody hears it
		}

		@Override
		public void header(String name, String value) {
			// Nobody sees it
		}

		@Override
		public boolean disconnect() {
			return false;
		}

		@Override
		public boolean acceptsEventStream() {
			return false;
		}

	};

	/**
	 * Set a header; without effect when the response has begun.
	 */
	void header(String name, String value);

	/**
	 * Close the connection, if the client can come back for the rest.
	 * @return whether it was closed
	 */
	boolean disconnect();

	boolean acceptsEventStream();

}
