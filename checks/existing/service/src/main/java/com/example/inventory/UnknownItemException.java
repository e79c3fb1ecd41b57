// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

/**
 * There is no such item.
 */
public class UnknownItemException extends RuntimeException {

	UnknownItemException(String sku) {
		super("There is no item " + sku);
	}

}
