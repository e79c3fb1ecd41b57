// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import io.mcpremote.call.CallOutcome.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a call was about, once it has ended: what those have found who had to know
 * it while it was under way. For whoever counts calls, which is no reason to look for
 * what clients make up.
 *
 * @since 0.1.0
 */
public final class CalledEntry {

	private CalledEntry() {
	}

	/**
	 * Return whether somebody has looked for what a call is about.
	 * @param context what belongs to the call
	 * @return whether it is known what there is
	 */
	public static boolean isKnown(CallContext context) {
		return context.attribute(CallContext.ENTRY) != null;
	}

	/**
	 * Return what a call was about. It is looked for only if nobody has done so and the
	 * call was not refused either, which guards may do that do not need to know.
	 * @param call the call
	 * @param context what belongs to it
	 * @param outcome what has become of it
	 * @param catalog knows what there is
	 * @return the entry of a list, {@code null} if there is none or nobody knows
	 */
	public static @Nullable String of(McpCall call, CallContext context, CallOutcome outcome, Catalog catalog) {
		if (context.attribute(CallContext.ENTRY) instanceof String entry) {
			return (!entry.isEmpty()) ? entry : null;
		}
		TargetKind kind = TargetKind.named(call.method());
		String target = call.target();
		if (kind == null || target == null || outcome instanceof Refusal) {
			return null;
		}
		return catalog.entry(kind, target);
	}

}
