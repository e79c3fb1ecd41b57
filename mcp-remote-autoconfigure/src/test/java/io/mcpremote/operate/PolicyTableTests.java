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
	void toStringWhenRecordsLackSomethingOrCacheIsForcedThenSaysSo() {
		Policies policies = TestPolicies.of("tools.pay.sensitive=card.number", "tools.list.cache.time-to-live=30s",
				"tools.list.cache.forced=true");
		this.table.add("tool", "pay", policies.tool("pay"));
		this.table.add("tool", "list", policies.tool("list"));
		assertThat(this.table.toString().lines()).containsExactly("",
				"        name  access     timeout  cache            sensitive",
				"  tool  pay   protected  30s                       card.number",
				"  tool  list  protected  30s      30s user forced");
	}

	@Test
	void toStringWhenMuchIsSaidThenNothingIsCut() {
		String question = "Delete the project {id} of the customer {customer} with everything in it, for good?";
		String paths = "customer.address.street,customer.bank.account.number,customer.bank.name";
		String tools = "list_projects_of_the_north,list_projects_of_the_south,list_everything";
		this.table.add("tool", "long",
				TestPolicies
					.of("tools.long.confirm=" + question, "tools.long.sensitive=" + paths,
							"tools.long.invalidates=" + tools)
					.tool("long"));
		assertThat(this.table.toString()).contains(question).contains(paths.split(",")).contains(tools.split(","));
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
