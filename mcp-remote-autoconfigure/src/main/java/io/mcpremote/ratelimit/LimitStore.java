// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.List;

/**
 * Counts what has been used of limits. The window of a limit begins with its first use
 * and ends as a whole; the next use after that begins another one.
 *
 * @since 0.1.0
 */
public interface LimitStore {

	/**
	 * Take from all limits or, if one of them does not have that much left, from none.
	 * @param limits the limits, each with what to take; the list is not to be changed
	 * @return what there is left of each limit, in the same order
	 */
	List<LimitState> take(List<Limit> limits);

	/**
	 * Give back what was taken before, as far as the windows have not ended.
	 * @param limits the limits, each with what was taken
	 */
	void giveBack(List<Limit> limits);

}
