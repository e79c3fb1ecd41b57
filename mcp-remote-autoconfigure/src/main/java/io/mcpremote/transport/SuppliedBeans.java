// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.function.Function;

import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/**
 * Registers beans by what makes them.
 */
final class SuppliedBeans {

	private final BeanRegistry beans;

	SuppliedBeans(BeanRegistry beans) {
		this.beans = beans;
	}

	<T> void add(String name, Class<T> type, Function<SupplierContext, T> supplier) {
		this.beans.registerBean(name, type, (specification) -> specification.supplier(supplier));
	}

}
