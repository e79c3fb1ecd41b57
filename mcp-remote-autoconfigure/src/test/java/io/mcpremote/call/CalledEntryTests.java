// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import io.mcpremote.call.CallOutcome.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

/**
 * What a call was about is what others have found.
 */
class CalledEntryTests {

	private static final CallOutcome DONE = new Result("done");

	private final Catalog catalog = mock(Catalog.class);

	private final TestContext context = new TestContext();

	private final McpCall read = TestCalls.of(Revision.V2026_07_28, "resources/read", "docs://a");

	@Test
	void ofWhenSomebodyHasFoundItThenThatAndNobodyIsAsked() {
		this.context.attribute(CallContext.ENTRY, "docs://{page}");
		assertThat(CalledEntry.of(this.read, this.context, DONE, this.catalog)).isEqualTo("docs://{page}");
		assertThat(CalledEntry.isKnown(this.context)).isTrue();
		verifyNoInteractions(this.catalog);
	}

	@Test
	void ofWhenSomebodyHasFoundNothingThenNoneAndNobodyIsAsked() {
		this.context.attribute(CallContext.ENTRY, "");
		assertThat(CalledEntry.of(this.read, this.context, DONE, this.catalog)).isNull();
		assertThat(CalledEntry.isKnown(this.context)).isTrue();
		verifyNoInteractions(this.catalog);
	}

	@Test
	void ofWhenNobodyHasLookedAndItWasRefusedThenNoneAndNobodyIsAsked() {
		assertThat(CalledEntry.of(this.read, this.context, Refusals.of(RefusalReason.LIMITED, ""), this.catalog))
			.isNull();
		assertThat(CalledEntry.isKnown(this.context)).isFalse();
		verifyNoInteractions(this.catalog);
	}

	@Test
	void ofWhenNobodyHasLookedThenCatalogIsAsked() {
		given(this.catalog.entry(TargetKind.RESOURCE, "docs://a")).willReturn("docs://{page}");
		assertThat(CalledEntry.of(this.read, this.context, DONE, this.catalog)).isEqualTo("docs://{page}");
	}

	@ParameterizedTest
	@CsvSource({ "tools/call, TOOL", "prompts/get, PROMPT", "resources/read, RESOURCE", "resources/subscribe, RESOURCE",
			"resources/unsubscribe, RESOURCE", "completion/complete,", "made/up," })
	void namedThenTheKindOfWhatIsNamed(String method, TargetKind kind) {
		assertThat(TargetKind.named(method)).isEqualTo(kind);
	}

}
