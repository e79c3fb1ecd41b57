// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import io.mcpremote.call.InvocationChecks;
import io.mcpremote.policy.AnnotatedTargets;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import jakarta.validation.Validator;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for constraints on the arguments of tools.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class)
@ConditionalOnClass(Validator.class)
@ConditionalOnBean(AnnotatedTargets.class)
public final class McpRemoteValidationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(InvocationChecks.class)
	MethodConstraints mcpRemoteMethodConstraints(ObjectProvider<Validator> validator, ListableBeanFactory beans,
			ObjectProvider<LookupBudget> budget) {
		boolean validatedBySpring = beans.getBeanNamesForType(MethodValidationPostProcessor.class, true,
				false).length > 0;
		return new MethodConstraints(validator::getIfAvailable, validatedBySpring,
				budget.getIfAvailable(LookupBudget::new));
	}

	@Bean
	Violations mcpRemoteViolations(AnnotatedTargets targets) {
		return new Violations(targets);
	}

}
