// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Estimates how much memory parsed JSON takes, for what is kept within bounds.
 *
 * @since 0.1.0
 */
public final class JsonSize {

	private static final int OBJECT = 48;

	private JsonSize() {
	}

	/**
	 * Return about how many bytes parsed JSON takes.
	 * @param json maps, lists and what else JSON is parsed to
	 * @return a number of bytes, rather too large than too small
	 */
	public static long of(@Nullable Object json) {
		long size = OBJECT;
		if (json instanceof Map<?, ?> map) {
			for (Map.Entry<?, ?> member : map.entrySet()) {
				size += OBJECT + of(member.getKey()) + of(member.getValue());
			}
		}
		else if (json instanceof List<?> list) {
			for (Object element : list) {
				size += of(element);
			}
		}
		else if (json instanceof String text) {
			size += 2L * text.length();
		}
		return size;
	}

}
