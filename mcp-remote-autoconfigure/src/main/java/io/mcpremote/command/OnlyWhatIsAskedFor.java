// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.command;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Keeps an application from doing what it usually does: there are only the beans that one
 * bean needs, so that nothing listens, polls or connects.
 *
 * @since 0.1.0
 */
public final class OnlyWhatIsAskedFor implements BeanFactoryPostProcessor {

	private final Class<?> wanted;

	/**
	 * Create the post-processor.
	 * @param wanted the type of the only bean that is created by itself
	 */
	public OnlyWhatIsAskedFor(Class<?> wanted) {
		this.wanted = wanted;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (String name : beanFactory.getBeanDefinitionNames()) {
			beanFactory.getBeanDefinition(name).setLazyInit(true);
		}
		for (String name : beanFactory.getBeanNamesForType(this.wanted, true, false)) {
			beanFactory.getBeanDefinition(name).setLazyInit(false);
		}
	}

}
