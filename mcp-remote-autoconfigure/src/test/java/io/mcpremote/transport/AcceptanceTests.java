// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptanceTests {

	@ParameterizedTest(name = "{0}: {1}, {2}")
	@CsvSource(delimiter = '|', textBlock = """
			application/json, text/event-stream         | true  | true
			text/event-stream, application/json         | true  | true
			text/event-stream,application/json          | true  | true
			APPLICATION/JSON                            | true  | false
			application/json; charset=utf-8             | true  | false
			application/json;q=0.001                    | true  | false
			application/json;q=0                        | false | false
			application/json;q=0.0, text/event-stream   | false | true
			text/event-stream                           | false | true
			*/*                                         | true  | true
			*/*;q=0.1                                   | true  | true
			*/*;q=0                                     | false | false
			application/*                               | true  | false
			text/*                                      | false | true
			application/*, text/*                       | true  | true
			*/*, application/json;q=0                   | false | true
			application/json;q=0, */*                   | false | true
			*/*;q=0, application/json                   | true  | false
			application/*;q=0, */*                      | false | true
			application/*;q=0, application/json         | true  | false
			text/html, image/png                        | false | false
			text/html, */*;q=0.8                        | true  | true
			application/problem+json                    | false | false
			application/*+json                          | false | false
			text/plain                                  | false | false
			garbage                                     | false | false
			application/json, garbage                   | false | false
			application/json;q=high                     | false | false
			application/json;q=2                        | false | false
			''                                          | false | false
			""")
	void ofWhenHeaderThenMostSpecificRangeDecides(String header, boolean json, boolean eventStream) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader("Accept", header);
		assertThat(Acceptance.of(request)).isEqualTo(new Acceptance(json, eventStream));
	}

	@Test
	void ofWhenNoHeaderThenEverything() {
		assertThat(Acceptance.of(new MockHttpServletRequest())).isEqualTo(new Acceptance(true, true));
	}

	@Test
	void ofWhenSeveralHeadersThenAllCount() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader("Accept", "text/html");
		request.addHeader("Accept", "text/event-stream;q=0.5");
		request.addHeader("Accept", "application/json");
		assertThat(Acceptance.of(request)).isEqualTo(new Acceptance(true, true));
	}

	@Test
	void nothingWhenNeitherAcceptedThenTrue() {
		assertThat(new Acceptance(false, false).nothing()).isTrue();
		assertThat(new Acceptance(true, false).nothing()).isFalse();
		assertThat(new Acceptance(false, true).nothing()).isFalse();
	}

}
