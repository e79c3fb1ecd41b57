// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.benchmarks;

import java.nio.file.Path;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Application under measurement.
 */
@SpringBootApplication
public class Application {

	public static void main(String[] args) throws Exception {
		if (args.length == 2 && "--issue-tokens".equals(args[0])) {
			Tokens.issue(Path.of(args[1]));
			return;
		}
		SpringApplication.run(Application.class, args);
	}

}
