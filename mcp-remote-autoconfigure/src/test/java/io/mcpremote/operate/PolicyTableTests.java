// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import io.mcpremote.policy.Policies;
import io.mcpremote.policy.TestPolicies;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people read of policies when the application starts.
 */
class PolicyTableTests {

	private final PolicyTable table = new PolicyTable();

	@Test
	void toStringWhenNothingIsSaidThenOnlyWhatAlwaysApplies() {
		this.table.add("tool", "plain", TestPolicies.of().tool("plain"));
		assertThat(this.table.toString().lines()).containsExactly("", "        name   access     timeout",
				"  tool  plain  protected  30s");
	}

	@Test
	void toStringWhenSomethingIsSaidThenColumnsForIt() {
		Policies policies = TestPolicies.of("tools.delete.scopes=write:projects,admin",
				"tools.delete.confirm=Delete {id}?", "tools.delete.timeout=1500ms", "tools.list.cache.time-to-live=30s",
				"tools.list.cost=2", "tools.old.deprecated.removal=2027-01-31", "tools.old.interruptible=false");
		for (String name : new String[] { "delete", "list", "old" }) {
			this.table.add("tool", name, policies.tool(name));
		}
		assertThat(this.table.toString().lines()).containsExactly("",
				"        name    access     scopes                cost  timeout  interruptible  cache     confirm       deprecated",
				"  tool  delete  protected  write:projects,admin        1500ms                            Delete {id}?",
				"  tool  list    protected                        2     30s                     30s user",
				"  tool  old     protected                              30s      no                                     until 2027-01-31");
	}

	@Test
	void toStringWhenManyMayCallThenAllAreShown() {
		String roles = "accounting-department-of-the-north,accounting-department-of-the-south,administrators";
		String scopes = "read:projects-of-the-north,read:projects-of-the-south,write:projects";
		this.table.add("tool", "long",
				TestPolicies.of("tools.long.roles=" + roles, "tools.long.scopes=" + scopes).tool("long"));
		String text = this.table.toString();
		assertThat(roles.split(",")).allSatisfy((role) -> assertThat(text).contains(role));
		assertThat(scopes.split(",")).allSatisfy((scope) -> assertThat(text).contains(scope));
	}

	@Test
	void toStringWhenNameIsHostileThenOnOneLine() {
		this.table.add("tool", "evil\nINFO all is well" + "x".repeat(500), TestPolicies.of().tool("evil"));
		assertThat(this.table.toString().lines()).hasSize(3).allMatch((line) -> line.length() < 200);
	}

}
