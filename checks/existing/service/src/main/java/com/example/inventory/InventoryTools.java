// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.util.concurrent.CountDownLatch;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.stereotype.Component;

/**
 * The warehouse for a model.
 */
@Component
public class InventoryTools {

	private final Items items;

	InventoryTools(Items items) {
		this.items = items;
	}

	@McpTool(name = "stock_level", description = "Tells how many of an item there are",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true))
	String level(@McpToolParam(description = "What the item is known by") String sku) {
		return sku + ": " + this.items.get(sku).onHand();
	}

	@McpTool(name = "find_item", description = "Tells all there is to know of an item", generateOutputSchema = true)
	Item find(McpSyncRequestContext context, @McpToolParam(description = "What the item is known by") String sku) {
		context.info("Looking for " + sku);
		return this.items.get(sku);
	}

	@McpTool(name = "remove_item", description = "Takes an item out of the warehouse")
	String remove(@McpToolParam(description = "What the item is known by") String sku) {
		this.items.remove(sku);
		return "removed";
	}

	@McpTool(name = "count_everything", description = "Counts everything, which never ends")
	String count() throws InterruptedException {
		new CountDownLatch(1).await();
		return "done";
	}

	@McpResource(uri = "inventory://items", name = "items", description = "All items")
	String all() {
		return this.items.all().toString();
	}

	@McpPrompt(name = "reorder", description = "Decides what to order")
	String reorder() {
		return "What should be ordered?";
	}

}
