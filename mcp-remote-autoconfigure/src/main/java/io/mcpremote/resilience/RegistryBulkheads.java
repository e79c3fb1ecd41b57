// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.McpCall;
import io.mcpremote.policy.CallPolicies;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Resilience4j's bulkheads, by the names of their targets.
 */
final class RegistryBulkheads implements TargetBulkheads {

	private static final Log logger = LogFactory.getLog(RegistryBulkheads.class);

	private final Instances<Bulkhead> instances;

	private final CallPolicies policies;

	/**
	 * Create the bulkheads.
	 * @param registry where they are
	 * @param all whether targets that are not configured have the default one
	 * @param policies know what a call is about
	 * @param catalog knows what is there
	 */
	RegistryBulkheads(BulkheadRegistry registry, boolean all, CallPolicies policies, Catalog catalog) {
		this.instances = new Instances<>(registry, (name) -> (all) ? registry.bulkhead(name) : null, catalog);
		this.policies = policies;
	}

	@Override
	public @Nullable Permit of(McpCall call, CallContext context) {
		Instance instance = Instance.of(call, context, this.policies);
		Bulkhead bulkhead = (instance != null) ? this.instances.get(instance) : null;
		return (bulkhead != null) ? new BulkheadPermit(bulkhead) : null;
	}

	private record BulkheadPermit(Bulkhead bulkhead) implements Permit {

		@Override
		public boolean take() {
			return this.bulkhead.tryAcquirePermission();
		}

		@Override
		public boolean takeAgain() {
			// If it is configured to wait, then for calls that begin
			return this.bulkhead.getMetrics().getAvailableConcurrentCalls() > 0 && take();
		}

		@Override
		public void giveBack() {
			try {
				this.bulkhead.onComplete();
			}
			catch (RuntimeException ex) {
				// The permit is back by then, and other permits have to follow
				logger.warn("A listener of the bulkhead '" + this.bulkhead.getName() + "' failed", ex);
			}
		}

	}

}
