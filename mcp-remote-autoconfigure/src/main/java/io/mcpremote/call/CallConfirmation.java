// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * It is known whether a person wants a tool to run that asks before it does. Published as
 * an event of the application, for each request: a confirmed call that asks for more
 * input comes as several.
 *
 * @param callId the id under which the call is found in logs
 * @param caller who called
 * @param tool the tool
 * @param question what the person is asked, with the names of arguments in place of their
 * values
 * @param decision what the person wants, as far as that is known
 * @since 0.1.0
 */
public record CallConfirmation(String callId, Caller caller, String tool, String question, Decision decision) {

	/**
	 * The attribute of the call that holds the decision.
	 */
	public static final String ATTRIBUTE = "confirm.decision";

	/**
	 * What became of the question. The tool runs only if it was confirmed.
	 */
	public enum Decision {

		/**
		 * The person wants it.
		 */
		CONFIRMED,

		/**
		 * The person does not want it.
		 */
		DECLINED,

		/**
		 * The person has put the question away.
		 */
		DISMISSED,

		/**
		 * There was no answer in time, or none that could be understood.
		 */
		UNANSWERED,

		/**
		 * The client cannot ask its user.
		 */
		CANNOT_ASK,

		/**
		 * Too many other questions wait for the person already.
		 */
		TOO_MANY_OPEN

	}

}
