// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.AuthenticationServiceException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QuotedToken}.
 */
class QuotedTokenTests {

	private static final String TOKEN = "2YotnFZFEjr1zCsicMWpAA0123456789abcdefghij";

	@Test
	void isInWhenAnyPartIsRepeatedThenTrue() {
		for (int i = 0; i + 23 <= TOKEN.length() - TOKEN.length() % 12; i++) {
			assertThat(QuotedToken.isIn(said("500: '" + TOKEN.substring(i, i + 23) + "'"), TOKEN)).isTrue();
		}
	}

	@Test
	void isInWhenNestedThenTrue() {
		IOException suppressing = new IOException("No answer");
		suppressing.addSuppressed(new IOException(TOKEN));
		assertThat(QuotedToken.isIn(new AuthenticationServiceException("No", said(TOKEN)), TOKEN)).isTrue();
		assertThat(QuotedToken.isIn(new AuthenticationServiceException("No", suppressing), TOKEN)).isTrue();
	}

	@Test
	void isInWhenCausesGoInACircleThenLookedAtOnce() {
		IllegalStateException first = new IllegalStateException("first");
		IllegalStateException second = new IllegalStateException("second", first);
		first.initCause(second);
		second.addSuppressed(first);
		assertThat(QuotedToken.isIn(first, TOKEN)).isFalse();
	}

	@Test
	void isInWhenThereAreTooManyCausesThenTrue() {
		IllegalStateException thrown = new IllegalStateException("No");
		for (int i = 0; i < 64; i++) {
			thrown = new IllegalStateException("No", thrown);
		}
		assertThat(QuotedToken.isIn(thrown, TOKEN)).isTrue();
	}

	@Test
	void isInWhenNotRepeatedThenFalse() {
		assertThat(QuotedToken.isIn(said("Connection refused"), TOKEN)).isFalse();
		assertThat(QuotedToken.isIn(said("A token could not be verified"), "token")).isFalse();
	}

	@Test
	void isInWhenTokenIsShortThenTrueIfWholeIsRepeated() {
		assertThat(QuotedToken.isIn(said("'abcd-1234' is not known"), "abcd-1234")).isTrue();
	}

	private static AuthenticationServiceException said(String message) {
		return new AuthenticationServiceException("No", new IllegalStateException(message));
	}

}
