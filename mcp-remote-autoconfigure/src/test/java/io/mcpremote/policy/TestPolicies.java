// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Policies as an application configures them.
 */
public final class TestPolicies {

	private TestPolicies() {
	}

	/**
	 * Bring policies together.
	 * @param beans the beans with annotated methods
	 * @param properties properties without their prefix, such as
	 * {@code tools.echo.rate-limit=5/1h}
	 */
	public static Policies of(List<?> beans, String... properties) {
		Map<String, String> source = new LinkedHashMap<>();
		for (String property : properties) {
			int equals = property.indexOf('=');
			source.put("mcp.remote." + property.substring(0, equals), property.substring(equals + 1));
		}
		Binder binder = new Binder(new MapConfigurationPropertySource(source));
		return new Policies(binder.bindOrCreate("mcp.remote", McpRemotePolicyProperties.class),
				new AnnotatedTargets(() -> beans, Map::of));
	}

	/**
	 * Return the methods behind tools.
	 * @param beans the beans with annotated methods
	 */
	public static AnnotatedTargets targets(Object... beans) {
		return new AnnotatedTargets(() -> List.of(beans), Map::of);
	}

	public static Policies of(String... properties) {
		return of(List.of(), properties);
	}

}
