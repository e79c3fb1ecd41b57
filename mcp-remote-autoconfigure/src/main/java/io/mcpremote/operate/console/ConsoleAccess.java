// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.util.function.BooleanSupplier;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Decides who sees the console.
 */
interface ConsoleAccess {

	/**
	 * Return whether whoever sends a request sees the console.
	 */
	Decision decide(HttpServletRequest request);

	/**
	 * Return what tells, later and on another thread, whether whoever has sent a request
	 * still may see the console.
	 */
	BooleanSupplier standing(HttpServletRequest request);

	/**
	 * Have the application ask for a login, in its own way. Returns if it has none for
	 * this page.
	 */
	void askForLogin();

	/**
	 * What may be seen.
	 */
	enum Decision {

		/**
		 * The console.
		 */
		SHOWN,

		/**
		 * Nothing before a login.
		 */
		LOGIN,

		/**
		 * Nothing.
		 */
		REFUSED

	}

}
