// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.lang.reflect.Field;
import java.time.Clock;
import java.time.Instant;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Has all of the starter's beans look at one clock, which begins with the real time and
 * which the test moves. A component of a test's application.
 */
@Configuration(proxyBeanMethods = false)
public class MovableTime {

	private static final String STARTER = "io.mcpremote";

	@Bean
	MutableClock clock() {
		return new MutableClock(Instant.now());
	}

	@Bean
	static BeanPostProcessor clockPostProcessor(ObjectProvider<MutableClock> clock) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String beanName) {
				if (ClassUtils.getPackageName(bean.getClass()).startsWith(STARTER)) {
					Field field = ReflectionUtils.findField(bean.getClass(), "clock", Clock.class);
					if (field != null) {
						ReflectionUtils.makeAccessible(field);
						ReflectionUtils.setField(field, bean, clock.getObject());
					}
				}
				return bean;
			}

		};
	}

}
