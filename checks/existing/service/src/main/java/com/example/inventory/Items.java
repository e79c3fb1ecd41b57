// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * The warehouse.
 */
@Service
public class Items {

	private final Map<String, Item> items = new ConcurrentSkipListMap<>();

	Items() {
		List.of(new Item("A-1", "Anvil", 4, null), new Item("B-7", "Bell", 120, "fragile")).forEach(this::put);
	}

	/**
	 * Return all items.
	 * @return the items
	 */
	public Collection<Item> all() {
		return List.copyOf(this.items.values());
	}

	/**
	 * Return an item.
	 * @param sku what it is known by
	 * @return the item
	 */
	public Item get(String sku) {
		Item item = this.items.get(sku);
		if (item == null) {
			throw new UnknownItemException(sku);
		}
		return item;
	}

	/**
	 * Add an item, or replace it.
	 * @param item the item
	 */
	public void put(Item item) {
		this.items.put(item.sku(), item);
	}

	/**
	 * Take an item out of the warehouse.
	 * @param sku what it is known by
	 */
	@PreAuthorize("hasRole('MANAGER')")
	public void remove(String sku) {
		this.items.remove(get(sku).sku());
	}

}
