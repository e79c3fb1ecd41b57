// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import jakarta.validation.Validator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configures what the constraints of this starter need.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Validator.class)
@Import(UrlConfiguration.class)
class ConstraintConfiguration {

	@Bean
	LookupBudget mcpRemoteLookupBudget() {
		return new LookupBudget();
	}

}
