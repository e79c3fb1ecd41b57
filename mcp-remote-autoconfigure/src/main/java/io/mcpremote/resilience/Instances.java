// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.resilience4j.core.Registry;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.TargetKind;
import org.jspecify.annotations.Nullable;

/**
 * Finds Resilience4j's instances, and makes those that are wanted and not there. What it
 * made for something that has been removed since is removed in time.
 *
 * @param <E> the type of the instances
 */
final class Instances<E> {

	private static final int FIRST_LOOK = 64;

	private final Registry<E, ?> registry;

	private final Function<String, @Nullable E> factory;

	private final Catalog catalog;

	private final Set<String> made = ConcurrentHashMap.newKeySet();

	private volatile int nextLook = FIRST_LOOK;

	/**
	 * Create the instances.
	 * @param registry where they are
	 * @param factory makes one in the registry, or none
	 * @param catalog knows what is still there
	 */
	Instances(Registry<E, ?> registry, Function<String, @Nullable E> factory, Catalog catalog) {
		this.registry = registry;
		this.factory = factory;
		this.catalog = catalog;
	}

	/**
	 * Return an instance for something that is there.
	 */
	@Nullable E get(Instance instance) {
		String name = instance.name();
		E found = this.registry.find(name).orElse(null);
		return (found != null) ? found : make(name);
	}

	private @Nullable E make(String name) {
		E instance = this.factory.apply(name);
		if (instance != null && this.made.add(name) && this.made.size() >= this.nextLook) {
			removeOld();
		}
		return instance;
	}

	private void removeOld() {
		Set<String> current = new HashSet<>();
		for (TargetKind kind : TargetKind.values()) {
			this.catalog.names(kind).forEach((target) -> current.add(new Instance(kind, target).name()));
		}
		for (String name : this.made) {
			if (!current.contains(name) && this.made.remove(name)) {
				this.registry.remove(name);
			}
		}
		this.nextLook = Math.max(FIRST_LOOK, 2 * this.made.size());
	}

}
