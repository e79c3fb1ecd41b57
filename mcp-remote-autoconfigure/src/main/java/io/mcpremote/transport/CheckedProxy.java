// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.lang.reflect.Method;
import java.util.Arrays;

import io.mcpremote.call.InvocationChecks.InvocationCheck;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;

/**
 * Puts a check behind everything that the application's proxies do, such as deciding who
 * may call. The application's own proxy stays as it is: others than clients use it too.
 */
final class CheckedProxy {

	private CheckedProxy() {
	}

	/**
	 * Return a proxy like a bean's own.
	 * @param bean the bean
	 * @param method what is checked, as its class declares it
	 * @param check the check
	 * @return the proxy, or {@code null} if the bean has none that could be read
	 */
	static @Nullable Object of(Object bean, Method method, InvocationCheck check) {
		if (!(bean instanceof Advised advised)) {
			return null;
		}
		ProxyFactory factory = new ProxyFactory();
		factory.setProxyTargetClass(advised.isProxyTargetClass());
		factory.setInterfaces(advised.getProxiedInterfaces());
		factory.setTargetSource(advised.getTargetSource());
		factory.setExposeProxy(advised.isExposeProxy());
		factory.setPreFiltered(advised.isPreFiltered());
		factory.addAdvisors(advised.getAdvisors());
		factory.addAdvice((MethodInterceptor) (invocation) -> {
			if (isSame(invocation.getMethod(), method) && invocation.getThis() != null) {
				check.check(invocation.getThis(), invocation.getArguments());
			}
			return invocation.proceed();
		});
		return factory.getProxy(bean.getClass().getClassLoader());
	}

	/**
	 * Return whether a method is the checked one, perhaps as an interface declares it.
	 */
	private static boolean isSame(Method invoked, Method checked) {
		return invoked.getName().equals(checked.getName())
				&& Arrays.equals(invoked.getParameterTypes(), checked.getParameterTypes());
	}

}
