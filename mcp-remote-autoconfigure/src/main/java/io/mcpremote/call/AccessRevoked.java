// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.jspecify.annotations.Nullable;

/**
 * Published when something that let callers in no longer does, and whatever was opened
 * with it should end.
 *
 * @since 0.1.0
 */
public sealed interface AccessRevoked {

	/**
	 * A token is no longer accepted. It is not named here; whoever has let somebody in
	 * for it finds out by asking.
	 */
	record Token() implements AccessRevoked {

	}

	/**
	 * Callers are no longer let in with what they have.
	 *
	 * @param issuer the issuer that vouches for them, {@code null} for whichever
	 * @param subject the name of the caller, {@code null} for whichever
	 * @param clientId the client that acts for them, {@code null} for whichever
	 */
	record Callers(@Nullable String issuer, @Nullable String subject,
			@Nullable String clientId) implements AccessRevoked {

		/**
		 * Return whether state belongs to one of these callers.
		 * @param ownerKey the key of its owner
		 * @return whether it does
		 * @see Caller#ownerKey()
		 */
		public boolean own(String ownerKey) {
			Caller owner = Caller.ofOwnerKey(ownerKey);
			return owner != null && is(this.issuer, owner.issuer()) && is(this.subject, owner.subject())
					&& is(this.clientId, owner.clientId());
		}

		private static boolean is(@Nullable String wanted, @Nullable String value) {
			return wanted == null || wanted.equals(value);
		}

	}

	/**
	 * A session is over.
	 *
	 * @param id the session's id
	 */
	record Session(String id) implements AccessRevoked {

		@Override
		public String toString() {
			return "Session[******]";
		}

	}

}
