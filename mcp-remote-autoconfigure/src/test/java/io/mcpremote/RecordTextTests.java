// SPDX-License-Identifier: Apache-2.0

package io.mcpremote;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.tngtech.archunit.core.domain.JavaClass;
import io.mcpremote.test.MainClasses;
import org.junit.jupiter.api.Test;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records write all they have into whatever log they come to, unless they say otherwise.
 */
class RecordTextTests {

	/**
	 * What components are called that are secret, or may be.
	 */
	private static final Pattern SECRET = Pattern.compile(
			"(?i).*(token|secret|password|private|credential|session).*|keys|params|headers|arguments|answers|steps|carried");

	/**
	 * What is called so and is none: what was redacted, a digest, a challenge, a rate,
	 * names of headers, public keys, keys that say for themselves what they show, a type
	 * and a URI.
	 */
	private static final Map<String, Set<String>> NO_SECRETS = Map.ofEntries(Map.entry("Action", Set.of("arguments")),
			Map.entry("Binding", Set.of("arguments")), Map.entry("Client", Set.of("session")),
			Map.entry("Refusal", Set.of("headers")), Map.entry("McpRemoteRateLimitProperties", Set.of("session")),
			Map.entry("ParamHeaders", Set.of("headers")), Map.entry("Known", Set.of("keys")),
			Map.entry("McpRemoteAuditLedgerProperties", Set.of("keys")),
			Map.entry("McpRemoteApiKeyProperties", Set.of("keys")), Map.entry("Downstream", Set.of("subjectTokenType")),
			Map.entry("Provider", Set.of("tokenUri")));

	@Test
	void recordsWhenSomethingMayBeSecretThenSayWhatTheyShow() throws IOException {
		List<String> shown = new ArrayList<>();
		int records = 0;
		for (JavaClass type : MainClasses.all()) {
			if (type.isRecord()) {
				records++;
				for (String component : components(type)) {
					if (SECRET.matcher(component).matches() && isText(type.getField(component).getRawType())
							&& !NO_SECRETS.getOrDefault(type.getSimpleName(), Set.of()).contains(component)) {
						shown.add(type.getName() + "." + component);
					}
				}
			}
		}
		assertThat(records).isGreaterThan(100);
		assertThat(shown).as("what the toString methods of records show").isEmpty();
	}

	@Test
	void componentsThenThoseThatAreShown() throws IOException {
		assertThat(components(MainClasses.all().get("io.mcpremote.call.ClientInfo"))).containsExactly("name",
				"version");
		assertThat(components(MainClasses.all().get("io.mcpremote.security.Credential"))).isEmpty();
	}

	/**
	 * Return whether something can be a secret, and is none of our own types, which are
	 * looked at themselves.
	 */
	private static boolean isText(JavaClass type) {
		return !type.isPrimitive() && !type.getPackageName().startsWith("io.mcpremote")
				&& !type.getPackageName().startsWith("java.time");
	}

	/**
	 * Return which components the compiler has made a record show.
	 */
	private static List<String> components(JavaClass type) throws IOException {
		List<String> components = new ArrayList<>();
		try (InputStream bytes = ClassUtils.class.getClassLoader()
			.getResourceAsStream(ClassUtils.convertClassNameToResourcePath(type.getName()) + ".class")) {
			new ClassReader(bytes).accept(new ClassVisitor(SpringAsmInfo.ASM_VERSION) {

				@Override
				public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
						String[] exceptions) {
					return (name.equals("toString")) ? new Generated(components) : null;
				}

			}, ClassReader.SKIP_DEBUG);
		}
		return components;
	}

	private static final class Generated extends MethodVisitor {

		private final List<String> components;

		private Generated(List<String> components) {
			super(SpringAsmInfo.ASM_VERSION);
			this.components = components;
		}

		@Override
		public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
			if (bootstrap.getOwner().equals("java/lang/runtime/ObjectMethods")
					&& bootstrap.getTag() == Opcodes.H_INVOKESTATIC && !arguments[1].toString().isEmpty()) {
				this.components.addAll(List.of(arguments[1].toString().split(";")));
			}
		}

	}

}
