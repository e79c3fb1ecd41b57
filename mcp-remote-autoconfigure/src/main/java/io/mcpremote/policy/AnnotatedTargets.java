// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.mcpremote.call.TargetKind;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * The methods that Spring AI makes tools, prompts and resources of, and the policies
 * beside them, those of tool callbacks included. Read when they are asked for the first
 * time.
 *
 * @since 0.1.0
 */
public final class AnnotatedTargets {

	private final SingletonSupplier<Found> found;

	/**
	 * Create the targets.
	 * @param beans the beans that have annotated methods, perhaps proxies
	 * @param callbacks other methods that are served, by the names of their tools
	 */
	AnnotatedTargets(Supplier<? extends Iterable<?>> beans, Supplier<Map<String, Method>> callbacks) {
		this.found = SingletonSupplier.of(() -> Found.in(beans.get(), callbacks.get()));
	}

	/**
	 * Return the method behind a tool.
	 * @param name the name of the tool
	 * @return the method, or {@code null} if the tool is not made of an annotated one
	 */
	public @Nullable Method tool(String name) {
		return this.found.obtain().methods().get(name);
	}

	/**
	 * Return whether the method behind a tool is secured apart from its policy, as far as
	 * it has annotations that say so.
	 * @param name the name of the tool
	 * @return whether it has method security of its own
	 */
	public boolean isSecured(String name) {
		return this.found.obtain().secured().contains(name);
	}

	/**
	 * Return the methods that are served.
	 * @return the methods behind tools, prompts and resources
	 */
	public List<Served> served() {
		return this.found.obtain().served();
	}

	Map<String, PolicySettings> tools() {
		return this.found.obtain().tools();
	}

	Map<String, PolicySettings> prompts() {
		return this.found.obtain().prompts();
	}

	Map<String, PolicySettings> resources() {
		return this.found.obtain().resources();
	}

	/**
	 * A method that is served.
	 *
	 * @param kind what is made of it
	 * @param callback whether a tool callback calls it
	 * @param type the class of what has the method
	 * @param method the method
	 */
	public record Served(TargetKind kind, boolean callback, Class<?> type, Method method) {

	}

	private record Found(Map<String, Method> methods, Set<String> secured, Map<String, PolicySettings> tools,
			Map<String, PolicySettings> prompts, Map<String, PolicySettings> resources, List<Served> served) {

		static Found in(Iterable<?> beans, Map<String, Method> callbacks) {
			Found found = new Found(new HashMap<>(), new HashSet<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(),
					new ArrayList<>());
			for (Object bean : beans) {
				Class<?> type = AopUtils.getTargetClass(bean);
				for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
					found.add(method, type, callbacks.containsValue(method));
				}
			}
			for (Map.Entry<String, Method> callback : callbacks.entrySet()) {
				found.addCallback(callback.getKey(), callback.getValue());
			}
			return found;
		}

		private void addCallback(String tool, Method method) {
			this.served.add(new Served(TargetKind.TOOL, true, method.getDeclaringClass(), method));
			ToolPolicy policy = AnnotatedElementUtils.findMergedAnnotation(method, ToolPolicy.class);
			String source = source(method);
			if (MethodSecurity.dependsOnCaller(method, method.getDeclaringClass())) {
				this.secured.add(tool);
			}
			if (policy == null) {
				return;
			}
			if (this.methods.containsKey(tool)) {
				throw new InvalidPolicyException(source + " is about a tool '" + tool + "', of which there are two.",
						"Give the two methods different names.");
			}
			put(this.tools, tool, AnnotationSettings.read(policy, source).check(source), source);
		}

		private void add(Method method, Class<?> type, boolean callback) {
			ToolPolicy policy = AnnotatedElementUtils.findMergedAnnotation(method, ToolPolicy.class);
			// As Spring AI looks for them
			McpTool toolOf = method.getAnnotation(McpTool.class);
			McpPrompt promptOf = method.getAnnotation(McpPrompt.class);
			McpResource resourceOf = method.getAnnotation(McpResource.class);
			String tool = (toolOf != null) ? or(toolOf.name(), method.getName()) : null;
			String prompt = (promptOf != null) ? or(promptOf.name(), method.getName()) : null;
			String resource = (resourceOf != null) ? resourceOf.uri() : null;
			serve(TargetKind.PROMPT, prompt, type, method);
			serve(TargetKind.RESOURCE, resource, type, method);
			serve(TargetKind.TOOL, tool, type, method);
			if (tool != null) {
				this.methods.put(tool, method);
				if (MethodSecurity.dependsOnCaller(method, type)) {
					this.secured.add(tool);
				}
			}
			if (policy == null) {
				return;
			}
			String source = source(method);
			if (tool == null && prompt == null && resource == null) {
				if (callback || !AnnotatedElementUtils.isAnnotated(method, ToolPolicy.class)) {
					// Is read elsewhere, or overrides a method that is no tool any more
					return;
				}
				throw new InvalidPolicyException(source + " governs nothing.",
						"It has its place beside @McpTool, @McpPrompt or @McpResource, and beside @Tool where a"
								+ " ToolCallbackProvider or ToolCallback bean offers the method. Completions follow the"
								+ " policy of their prompt or resource.");
			}
			PolicySettings settings = AnnotationSettings.read(policy, source).check(source);
			if (tool == null) {
				settings.checkWithoutTool(source);
			}
			put(this.tools, tool, settings, source);
			put(this.prompts, prompt, settings, source);
			put(this.resources, resource, settings, source);
		}

		private void serve(TargetKind kind, @Nullable String name, Class<?> type, Method method) {
			if (name != null) {
				this.served.add(new Served(kind, false, type, method));
			}
		}

		private static void put(Map<String, PolicySettings> all, @Nullable String name, PolicySettings settings,
				String source) {
			PolicySettings before = (name != null) ? all.put(name, settings) : null;
			if (before != null && !before.equals(settings)) {
				throw new InvalidPolicyException(source + " contradicts another one for '" + name + "'.",
						"Give the two methods different names, or the same policy.");
			}
		}

		private static String source(Method method) {
			return "@ToolPolicy on " + method.getDeclaringClass().getName() + "." + method.getName();
		}

		private static String or(String name, String other) {
			return (name.isEmpty()) ? other : name;
		}

	}

}
