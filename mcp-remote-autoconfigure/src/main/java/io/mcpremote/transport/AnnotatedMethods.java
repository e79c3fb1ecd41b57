// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds beans with methods that Spring AI makes tools, prompts, resources and completions
 * of, whether or not the beans have been created.
 */
final class AnnotatedMethods {

	private static final Set<Class<? extends Annotation>> ALL = Set.of(McpTool.class, McpPrompt.class,
			McpResource.class, McpComplete.class);

	private AnnotatedMethods() {
	}

	static boolean in(@Nullable Class<?> type) {
		return type != null && ALL.stream().anyMatch((annotation) -> has(type, annotation));
	}

	/**
	 * Find the beans that have tools.
	 */
	static List<String> beansWithTools(ListableBeanFactory beans) {
		List<String> names = new ArrayList<>();
		for (String name : beans.getBeanDefinitionNames()) {
			Class<?> type = beans.getType(name, false);
			if (type != null && has(ClassUtils.getUserClass(type), McpTool.class)) {
				names.add(name);
			}
		}
		return names;
	}

	private static boolean has(Class<?> type, Class<? extends Annotation> annotation) {
		if (!AnnotationUtils.isCandidateClass(type, annotation)) {
			return false;
		}
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
			if (method.isAnnotationPresent(annotation)) {
				return true;
			}
		}
		return false;
	}

}
