// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Knows what is in the warehouse.
 */
@SpringBootApplication
public class InventoryApplication {

	/**
	 * Start the application.
	 * @param args properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(InventoryApplication.class, args);
	}

}
