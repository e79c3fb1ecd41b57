// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.notify;

import org.jspecify.annotations.Nullable;

/**
 * Something clients may want to hear of.
 *
 * @param kind what happened
 * @param uri the resource it happened to, for updates of resources
 * @since 0.1.0
 */
public record ServerEvent(Kind kind, @Nullable String uri) {

	/**
	 * What can happen.
	 */
	public enum Kind {

		/**
		 * The list of tools has changed.
		 */
		TOOLS_CHANGED("notifications/tools/list_changed"),

		/**
		 * The list of prompts has changed.
		 */
		PROMPTS_CHANGED("notifications/prompts/list_changed"),

		/**
		 * The list of resources or of resource templates has changed.
		 */
		RESOURCES_CHANGED("notifications/resources/list_changed"),

		/**
		 * A resource has changed.
		 */
		RESOURCE_UPDATED("notifications/resources/updated");

		private final String method;

		Kind(String method) {
			this.method = method;
		}

		/**
		 * Return the method of the notification that tells of this.
		 * @return the method
		 */
		public String method() {
			return this.method;
		}

	}

	/**
	 * Find the event a notification tells of.
	 * @param method the method of the notification
	 * @param uri the resource, if the notification names one
	 * @return the event or {@code null} if the notification is about something else
	 */
	public static @Nullable ServerEvent of(String method, @Nullable String uri) {
		for (Kind kind : Kind.values()) {
			if (kind.method.equals(method)) {
				return new ServerEvent(kind, uri);
			}
		}
		return null;
	}

}
