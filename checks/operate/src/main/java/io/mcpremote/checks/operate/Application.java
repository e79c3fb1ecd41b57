// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.operate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A server with tools that behave in all the ways in which tools do.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {

	public static void main(String[] args) {
		SpringApplication.run(Application.class, args);
	}

}
