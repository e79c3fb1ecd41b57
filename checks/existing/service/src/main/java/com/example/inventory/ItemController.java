// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.util.Collection;

import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The warehouse as a REST API.
 */
@RestController
@RequestMapping("/api/items")
public class ItemController {

	private final Items items;

	ItemController(Items items) {
		this.items = items;
	}

	@GetMapping
	Collection<Item> all() {
		return this.items.all();
	}

	@GetMapping("/{sku}")
	Item get(@PathVariable String sku) {
		return this.items.get(sku);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Item put(@Valid @RequestBody Item item) {
		this.items.put(item);
		return item;
	}

	@DeleteMapping("/{sku}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void remove(@PathVariable String sku) {
		this.items.remove(sku);
	}

}
