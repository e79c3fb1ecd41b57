// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Keeps the actuator from showing keys of this server, also where it may show values.
 */
final class ConfiguredSecrets implements SanitizingFunction {

	private static final Pattern NAMES = Pattern
		.compile("mcpremote(requeststatekeys\\w*|\\w*(secret|privatekey|password|digest)\\d*)");

	private static final Pattern CREDENTIALS = Pattern.compile("\\w://[^/?#\\s]*@");

	@Override
	public SanitizableData apply(SanitizableData data) {
		String name = canonical(data.getKey());
		if (name.startsWith("mcpremote") && (NAMES.matcher(name).matches() || hasCredentials(data.getValue()))) {
			return data.withSanitizedValue();
		}
		return data;
	}

	private static boolean hasCredentials(@Nullable Object value) {
		return value != null && CREDENTIALS.matcher(value.toString()).find();
	}

	/**
	 * Return a name as it is, however it is written: as a property, a field or a variable
	 * of the environment.
	 */
	private static String canonical(String key) {
		return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

}
