// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.mcpremote.call.ToolException;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.stereotype.Component;

/**
 * Tools over a stock held in memory: one that reads and one that writes.
 */
@Component
class InventoryTools {

	private final Map<String, Integer> stock = new ConcurrentHashMap<>(Map.of("anvil", 4, "rope", 30, "lantern", 12));

	@McpTool(name = "check_stock", description = "How many pieces of a product are in stock",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false, idempotentHint = true,
					openWorldHint = false))
	StockLevel checkStock(@McpToolParam(description = "Name of the product, such as rope") String product) {
		return new StockLevel(product, this.stock.getOrDefault(product, 0));
	}

	@McpTool(name = "reserve_stock", description = "Take pieces of a product out of the stock",
			annotations = @McpTool.McpAnnotations(destructiveHint = true, openWorldHint = false))
	StockLevel reserveStock(@McpToolParam(description = "Name of the product, such as rope") String product,
			@McpToolParam(description = "Number of pieces, at least 1") int quantity) {
		if (quantity < 1) {
			throw new ToolException("quantity must be at least 1");
		}
		Integer left = this.stock.computeIfPresent(product, (name, available) -> {
			if (available < quantity) {
				throw new ToolException("only " + available + " of " + name + " left");
			}
			return available - quantity;
		});
		if (left == null) {
			throw new ToolException("unknown product " + product);
		}
		return new StockLevel(product, left);
	}

	record StockLevel(String product, int available) {
	}

}
