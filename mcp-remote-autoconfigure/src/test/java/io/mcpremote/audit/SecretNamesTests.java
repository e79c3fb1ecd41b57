// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretNames}.
 */
class SecretNamesTests {

	@ParameterizedTest
	@ValueSource(strings = { "password", "Password", "PASSWORD", "passWord", "pass_word", "pass-word", "pass.word",
			"user_password", "passwd", "db.pwd", "passphrase", "client_secret", "clientSecret", "SECRET", "token",
			"accessToken", "refresh_token", "id-token", "apiKey", "api_key", "API-KEY", "X-Api-Key", "x.api.key",
			"authorization", "Authorization", "cookie", "Set-Cookie", "pin", "userPin", "PIN", "card_pin", "pinCode",
			"PINCode", "cvv", "CVV2", "cvc", "cardCvc", "ssn", "SSN", "userSsn", "social_security_number", "otp",
			"otpCode", "auth", "basicAuth", "oauth2", "private_key", "awsSecretAccessKey", "aws_access_key_id", "jwt",
			"bearer", "credentials", "cardNumber", "card-number", "credit_card", "sessionId", "JSESSIONID", "signature",
			"sig", "X-Amz-Signature", "csrf", "connectionString", "db_pass", "dbpass", "userpass", "pswd", "passkey",
			"creds", "otpcode", "userpin", "verification_code", "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44",
			"p\u00e4ssword", "contrase\u00f1a" })
	void isSecretWhenNameOfCredentialThenYes(String name) {
		assertThat(SecretNames.isSecret(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "city", "name", "key", "keyword", "spin", "opinion", "pinned", "author", "passenger",
			"compass", "passive", "shopping", "significant", "company", "expand", "path", "bypass", "query", "session",
			"user", "email" })
	void isSecretWhenOrdinaryNameThenNo(String name) {
		assertThat(SecretNames.isSecret(name)).isFalse();
	}

	@Test
	void isSecretWhenTooLongToLookAtThenYes() {
		assertThat(SecretNames.isSecret("a".repeat(300))).isTrue();
		// One character that stands for eighteen
		assertThat(SecretNames.isSecret("\ufdfa".repeat(30))).isTrue();
	}

	@Test
	void isCountWhenTokensAreCountedThenYes() {
		assertThat(SecretNames.isCount("maxTokens")).isTrue();
		assertThat(SecretNames.isCount("max_output_tokens")).isTrue();
		assertThat(SecretNames.isCount("token")).isFalse();
		assertThat(SecretNames.isCount("pin")).isFalse();
		assertThat(SecretNames.isCount("maxPinToken")).isFalse();
		assertThat(SecretNames.isCount("password_token_count")).isFalse();
	}

}
