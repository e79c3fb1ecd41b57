// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;
import java.util.Map;

/**
 * How the tokens and keys begin that issuers have made recognizable.
 */
final class TokenPrefixes {

	private static final List<Map.Entry<String, Integer>> ALL = List.of(
			// Keys of this project
			Map.entry("mcpk_", 12),
			// JSON Web Tokens; there must be a dot, too
			Map.entry("eyJ", 20),
			// Models and their hosts
			Map.entry("sk-", 16), Map.entry("hf_", 16), Map.entry("gsk_", 16), Map.entry("xai-", 16),
			// Payment
			Map.entry("sk_live_", 16), Map.entry("sk_test_", 16), Map.entry("rk_live_", 16), Map.entry("rk_test_", 16),
			Map.entry("whsec_", 16), Map.entry("sq0", 16),
			// Source code and packages
			Map.entry("ghp_", 16), Map.entry("gho_", 16), Map.entry("ghu_", 16), Map.entry("ghs_", 16),
			Map.entry("ghr_", 16), Map.entry("github_pat_", 20), Map.entry("glpat-", 16), Map.entry("npm_", 16),
			Map.entry("pypi-", 16), Map.entry("dckr_pat_", 16), Map.entry("ATATT3", 20),
			// Clouds
			Map.entry("AKIA", 20), Map.entry("ASIA", 20), Map.entry("AIza", 30), Map.entry("ya29.", 16),
			Map.entry("GOCSPX-", 16), Map.entry("dop_v1_", 16), Map.entry("hvs.", 16), Map.entry("dapi", 32),
			// Messages and shops
			Map.entry("xoxb-", 12), Map.entry("xoxa-", 12), Map.entry("xoxp-", 12), Map.entry("xoxr-", 12),
			Map.entry("xoxs-", 12), Map.entry("xoxe", 12), Map.entry("xapp-", 12), Map.entry("SG.", 20),
			Map.entry("shpat_", 16), Map.entry("shpss_", 16), Map.entry("lin_api_", 16), Map.entry("ntn_", 16));

	private static final List<String> SCHEMES = List.of("bearer", "basic", "dpop", "digest", "negotiate", "apikey");

	private static final boolean[] BEGIN = new boolean[128];

	private static final boolean[] BEGIN_SCHEME = new boolean[128];

	static {
		ALL.forEach((prefix) -> BEGIN[prefix.getKey().charAt(0)] = true);
		SCHEMES.forEach((scheme) -> {
			BEGIN_SCHEME[scheme.charAt(0)] = true;
			BEGIN_SCHEME[Character.toUpperCase(scheme.charAt(0))] = true;
		});
	}

	private TokenPrefixes() {
	}

	/**
	 * Return how long a token is at least that begins as a text does at some place.
	 * @return the length, {@code 0} if no known token begins like that
	 */
	static int least(String text, int start) {
		char c = text.charAt(start);
		if (c >= BEGIN.length || !BEGIN[c]) {
			return 0;
		}
		int least = 0;
		for (int i = 0; i < ALL.size(); i++) {
			Map.Entry<String, Integer> prefix = ALL.get(i);
			if (text.startsWith(prefix.getKey(), start)) {
				least = (least == 0) ? prefix.getValue() : Math.min(least, prefix.getValue());
			}
		}
		return least;
	}

	/**
	 * Return whether a scheme of authentication may begin with a letter.
	 */
	static boolean isScheme(char c) {
		return c < BEGIN_SCHEME.length && BEGIN_SCHEME[c];
	}

	/**
	 * Return where the name of a scheme of authentication ends that begins at some place.
	 * @return the end, {@code -1} if none begins there
	 */
	static int schemeEnd(String text, int start) {
		for (int i = 0; i < SCHEMES.size(); i++) {
			String scheme = SCHEMES.get(i);
			if (text.regionMatches(true, start, scheme, 0, scheme.length())) {
				return start + scheme.length();
			}
		}
		return -1;
	}

}
