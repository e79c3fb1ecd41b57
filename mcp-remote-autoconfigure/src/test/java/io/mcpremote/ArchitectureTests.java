// SPDX-License-Identifier: Apache-2.0

package io.mcpremote;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.mcpremote.call.CallGuard;
import io.mcpremote.test.MainClasses;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The walls between packages, and a few habits that reviews would otherwise have to look
 * after.
 */
class ArchitectureTests {

	private static final String ROOT = "io.mcpremote.";

	private static final JavaClasses CLASSES = MainClasses.all();

	/**
	 * Which packages of this project a package may depend on. The one package that may
	 * depend on all is not listed.
	 */
	private static final Map<String, Set<String>> ALLOWED = new TreeMap<>();

	static {
		ALLOWED.put("call", Set.of());
		ALLOWED.put("command", Set.of());
		ALLOWED.put("policy", Set.of("call"));
		ALLOWED.put("cluster", Set.of());
		ALLOWED.put("wire", Set.of("call"));
		ALLOWED.put("session", Set.of("call", "cluster"));
		ALLOWED.put("notify", Set.of("call", "cluster"));
		ALLOWED.put("transport", Set.of("call", "policy", "wire", "session", "notify"));
		ALLOWED.put("security", Set.of("call", "command", "policy", "wire", "cluster"));
		Stream.of("ratelimit", "input", "output", "idempotency", "cache", "confirm", "resilience", "lifecycle")
			.forEach((feature) -> ALLOWED.put(feature, Set.of("call", "policy", "cluster")));
		ALLOWED.put("audit", Set.of("call", "command", "policy"));
		ALLOWED.put("observe", Set.of("call", "policy", "wire"));
	}

	@Test
	void packagesThenFreeOfCycles() {
		check(SlicesRuleDefinition.slices().matching("io.mcpremote.(*)..").should().beFreeOfCycles());
	}

	@Test
	void packagesThenAllHaveTheirPlace() {
		Set<String> features = new TreeSet<>();
		CLASSES.forEach((type) -> features.add(feature(type)));
		Set<String> known = new TreeSet<>(ALLOWED.keySet());
		known.add("operate");
		assertThat(known).containsAll(features);
	}

	@ParameterizedTest
	@MethodSource
	void packageWhenUsingOthersThenOnlyThoseItMay(String feature, Set<String> allowed) {
		String[] reachable = Stream.concat(Stream.of(feature), allowed.stream())
			.map((name) -> ROOT + name + "..")
			.toArray(String[]::new);
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT + feature + "..")
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.mcpremote..")
				.and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(reachable)))));
	}

	static Stream<Object[]> packageWhenUsingOthersThenOnlyThoseItMay() {
		return ALLOWED.entrySet().stream().map((entry) -> new Object[] { entry.getKey(), entry.getValue() });
	}

	@Test
	void callThenOnlyNeedsTheProtocol() {
		check(ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ROOT + "call..")
			.should()
			.onlyDependOnClassesThat(
					JavaClass.Predicates.resideInAnyPackage("java..", ROOT + "call..", "io.modelcontextprotocol..",
							"org.jspecify..", "org.apache.commons.logging..", "org.springframework.util..")));
	}

	@Test
	void springBootThenUsedForConfigurationOnly() {
		check(ArchRuleDefinition.noClasses()
			.that(DescribedPredicate.not(configures()))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot.."));
	}

	@Test
	void guardsThenNotPublic() {
		check(ArchRuleDefinition.classes()
			.that(JavaClass.Predicates.assignableTo(CallGuard.class))
			.and()
			.areNotInterfaces()
			.should()
			.bePackagePrivate());
	}

	@Test
	void autoConfigurationsThenPublicFinalWithoutPublicMembers() {
		check(ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration"));
		check(ArchRuleDefinition.methods()
			.that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.notBePublic());
	}

	@Test
	void configurationsThenNotPublic() {
		check(ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(Configuration.class)
			.and()
			.areNotAnnotatedWith(AutoConfiguration.class)
			.should()
			.notBePublic());
		check(ArchRuleDefinition.methods().that().areAnnotatedWith(Bean.class).should().notBePublic());
	}

	@Test
	void postProcessorBeansThenStaticAndWithoutEagerParameters() {
		check(ArchRuleDefinition.methods()
			.that()
			.areAnnotatedWith(Bean.class)
			.and()
			.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class)
				.or(JavaClass.Predicates.assignableTo(BeanFactoryPostProcessor.class)))
			.should()
			.beStatic()
			.andShould(onlyHaveParametersOfType(ObjectProvider.class)));
	}

	@Test
	void fieldsThenNotInjected() {
		check(ArchRuleDefinition.noFields()
			.should()
			.beAnnotatedWith(Autowired.class)
			.orShould()
			.beAnnotatedWith(Value.class)
			.orShould()
			.beAnnotatedWith("jakarta.inject.Inject")
			.orShould()
			.beAnnotatedWith("jakarta.annotation.Resource"));
	}

	@Test
	void fieldsWhenStaticThenFinal() {
		check(ArchRuleDefinition.fields().that().areStatic().should().beFinal());
	}

	@Test
	void packagesThenNullMarked() {
		List<String> unmarked = new ArrayList<>();
		for (JavaClass type : CLASSES) {
			if (type.getPackage().tryGetAnnotationOfType(NullMarked.class).isEmpty()) {
				unmarked.add(type.getName());
			}
		}
		assertThat(unmarked).isEmpty();
	}

	@Test
	void loggingThenThroughCommonsLogging() {
		check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
		check(ArchRuleDefinition.noClasses()
			.that(DescribedPredicate.not(saysWhatLogLinesBelongTo()))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("java.util.logging..", "org.slf4j.."));
	}

	/**
	 * {@code Map.of} has another order in every JVM, and so on every replica.
	 */
	@Test
	void mapsWhenShownToOthersThenOfOneOrder() {
		check(ArchRuleDefinition.noClasses()
			.that(DescribedPredicate.not(sortsWhatItShows()))
			.should()
			.callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("of"))
				.and(JavaCall.Predicates
					.target(HasOwner.Predicates.With.owner(JavaClass.Predicates.equivalentTo(Map.class))))
				.and(DescribedPredicate.describe("more than one entry",
						(call) -> call.getTarget().getRawParameterTypes().size() > 2))));
	}

	@Test
	void packagesThenNoneIsCalledInternal() {
		check(ArchRuleDefinition.noClasses().should().resideInAPackage("..internal.."));
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(CLASSES);
	}

	private static String feature(JavaClass type) {
		String name = type.getPackageName().substring(Math.min(ROOT.length(), type.getPackageName().length()));
		return (name.indexOf('.') > 0) ? name.substring(0, name.indexOf('.')) : name;
	}

	private static DescribedPredicate<JavaClass> configures() {
		Set<String> hooks = Set.of("ProtocolEnvironmentPostProcessor", "CommandEnvironmentPostProcessor",
				"ApiKeyMintEnvironmentPostProcessor", "AuditVerifyEnvironmentPostProcessor", "TransportImportFilter",
				"CatchAllImportFilter", "TokenVerifiers", "ApplicationBeans");
		return DescribedPredicate.describe("configure the application", (type) -> {
			String outermost = outermost(type).getSimpleName();
			return outermost.endsWith("AutoConfiguration") || outermost.endsWith("Configuration")
					|| outermost.endsWith("Properties") || outermost.endsWith("PropertyChecks")
					|| hooks.contains(outermost) || feature(type).equals("operate");
		});
	}

	private static DescribedPredicate<JavaClass> sortsWhatItShows() {
		return DescribedPredicate.describe("sort what they show, or look up only",
				(type) -> Set.of("audit", "command", "observe").contains(feature(type))
						|| Set.of("LockedCatalog", "Stores").contains(type.getSimpleName()));
	}

	/**
	 * Commons Logging knows nothing of it.
	 */
	private static DescribedPredicate<JavaClass> saysWhatLogLinesBelongTo() {
		return DescribedPredicate.describe("say what log lines belong to",
				(type) -> Set.of("LogContext", "LogContextConfiguration").contains(outermost(type).getSimpleName())
						&& feature(type).equals("observe"));
	}

	private static JavaClass outermost(JavaClass type) {
		return type.getEnclosingClass().map(ArchitectureTests::outermost).orElse(type);
	}

	private static ArchCondition<JavaMethod> onlyHaveParametersOfType(Class<?> parameterType) {
		return new ArchCondition<>("only have parameters of type " + parameterType.getSimpleName()) {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				method.getRawParameterTypes()
					.stream()
					.filter((type) -> !type.isEquivalentTo(parameterType))
					.forEach((type) -> events.add(SimpleConditionEvent.violated(method,
							method.getFullName() + " has a parameter of type " + type.getName())));
			}

		};
	}

}
