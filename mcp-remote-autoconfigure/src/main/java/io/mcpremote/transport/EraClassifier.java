// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Map;

import io.mcpremote.call.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Tells the eras apart: by the envelope, which only modern requests have, and failing
 * that by a version header that no legacy client sends.
 */
final class EraClassifier {

	private EraClassifier() {
	}

	static boolean isModern(@Nullable Object json, @Nullable String versionHeader) {
		if (json instanceof Map<?, ?> message && message.get("params") instanceof Map<?, ?> params
				&& params.get("_meta") instanceof Map<?, ?> meta && meta.containsKey(RequestMeta.PROTOCOL_VERSION)) {
			return true;
		}
		if (versionHeader == null) {
			return false;
		}
		Revision revision = Revision.of(versionHeader.strip());
		return revision == null || revision.isModern();
	}

}
