// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import io.mcpremote.call.ToolException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link InventoryTools}.
 */
class InventoryToolsTests {

	private final InventoryTools tools = new InventoryTools();

	@Test
	void checkStockWhenProductUnknownThenReturnsZero() {
		assertThat(this.tools.checkStock("unicorn").available()).isZero();
	}

	@Test
	void reserveStockWhenEnoughThenReducesStock() {
		assertThat(this.tools.reserveStock("rope", 10).available()).isEqualTo(20);
		assertThat(this.tools.checkStock("rope").available()).isEqualTo(20);
	}

	@Test
	void reserveStockWhenTooFewThenLeavesStockUntouched() {
		assertThatExceptionOfType(ToolException.class).isThrownBy(() -> this.tools.reserveStock("anvil", 5))
			.withMessage("only 4 of anvil left");
		assertThat(this.tools.checkStock("anvil").available()).isEqualTo(4);
	}

	@Test
	void reserveStockWhenProductUnknownThenFails() {
		assertThatExceptionOfType(ToolException.class).isThrownBy(() -> this.tools.reserveStock("unicorn", 1))
			.withMessage("unknown product unicorn");
	}

}
