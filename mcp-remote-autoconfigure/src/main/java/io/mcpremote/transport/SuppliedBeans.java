// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/**
 * Registers beans that depend on no conditions, so that Spring need not keep what it
 * knows of a method for each of them. One method makes them all, since the heap would
 * hold a class for each reference to one of many.
 */
abstract class SuppliedBeans implements BeanRegistrar {

	/**
	 * Register a bean.
	 */
	final <T> void add(BeanRegistry beans, String name, Class<T> type) {
		beans.registerBean(name, type,
				(specification) -> specification.supplier((context) -> type.cast(make(name, context))));
	}

	/**
	 * Make a bean.
	 */
	abstract Object make(String name, SupplierContext context);

	/**
	 * Return what to throw for a bean that has been registered and cannot be made.
	 */
	static IllegalArgumentException unknown(String name) {
		return new IllegalArgumentException("Nothing makes the bean '" + name + "'");
	}

}
