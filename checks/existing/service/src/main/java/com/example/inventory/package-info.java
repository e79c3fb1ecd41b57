// SPDX-License-Identifier: Apache-2.0

/**
 * An application as many have: pages, a REST API, a login, and tools for a model.
 */
@NullMarked
package com.example.inventory;

import org.jspecify.annotations.NullMarked;
