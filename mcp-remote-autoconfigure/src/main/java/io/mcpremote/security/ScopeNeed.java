// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpAnd;
import org.springframework.expression.spel.ast.OpOr;
import org.springframework.expression.spel.ast.StringLiteral;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;
import org.springframework.security.core.GrantedAuthority;

/**
 * What a rule of method security asks for that another token could bring. Of
 * alternatives, the first that scopes alone could meet counts; what cannot be read is
 * taken for met, and what stands below a negation is not read.
 *
 * @param scopes the scopes that the rule names, without prefix
 * @param missing how many of them the caller lacks
 * @param attainable whether scopes are all that may be missing
 */
record ScopeNeed(Set<String> scopes, int missing, boolean attainable) {

	private static final ScopeNeed NONE = new ScopeNeed(Set.of(), 0, true);

	private static final ScopeNeed UNATTAINABLE = new ScopeNeed(Set.of(), 0, false);

	/**
	 * Read what a denial says of its rule.
	 * @param result the denial, if there is any
	 * @param authorities the authorities of the caller
	 */
	static ScopeNeed of(@Nullable AuthorizationResult result, Set<String> authorities) {
		if (result instanceof AuthorityAuthorizationDecision decision) {
			return anyOf(names(decision.getAuthorities()), authorities);
		}
		if (result instanceof ExpressionAuthorizationDecision decision) {
			Expression expression = decision.getExpression();
			return (expression instanceof SpelExpression spel) ? of(spel.getAST(), authorities) : UNATTAINABLE;
		}
		return UNATTAINABLE;
	}

	/**
	 * Return whether the caller would be let pass if it had more scopes.
	 */
	boolean isWorthAsking() {
		return this.attainable && this.missing > 0;
	}

	private static ScopeNeed of(SpelNode node, Set<String> authorities) {
		if (node instanceof OpAnd) {
			return of(node.getChild(0), authorities).and(of(node.getChild(1), authorities));
		}
		if (node instanceof OpOr) {
			return of(node.getChild(0), authorities).or(of(node.getChild(1), authorities));
		}
		if (node instanceof MethodReference method) {
			return of(method, authorities);
		}
		return NONE;
	}

	private static ScopeNeed of(MethodReference method, Set<String> authorities) {
		List<String> names = new ArrayList<>();
		for (int i = 0; i < method.getChildCount(); i++) {
			if (method.getChild(i) instanceof StringLiteral literal) {
				names.add(String.valueOf(literal.getLiteralValue().getValue()));
			}
		}
		return switch (method.getName()) {
			case "hasAuthority", "hasAnyAuthority" -> anyOf(names, authorities);
			case "hasAllAuthorities" -> allOf(names, authorities);
			case "hasRole", "hasAnyRole" -> anyOf(roles(names), authorities);
			case "hasAllRoles" -> allOf(roles(names), authorities);
			case "denyAll" -> UNATTAINABLE;
			default -> NONE;
		};
	}

	private static ScopeNeed anyOf(List<String> names, Set<String> authorities) {
		ScopeNeed need = UNATTAINABLE;
		for (String name : names) {
			need = need.or(one(name, authorities));
		}
		return need;
	}

	private static ScopeNeed allOf(List<String> names, Set<String> authorities) {
		ScopeNeed need = NONE;
		for (String name : names) {
			need = need.and(one(name, authorities));
		}
		return need;
	}

	private static ScopeNeed one(String authority, Set<String> authorities) {
		boolean held = authorities.contains(authority);
		if (!authority.startsWith(Requirement.SCOPE_PREFIX)) {
			return (held) ? NONE : UNATTAINABLE;
		}
		return new ScopeNeed(Set.of(authority.substring(Requirement.SCOPE_PREFIX.length())), (held) ? 0 : 1, true);
	}

	private ScopeNeed and(ScopeNeed other) {
		Set<String> all = new TreeSet<>(this.scopes);
		all.addAll(other.scopes);
		return new ScopeNeed(all, this.missing + other.missing, this.attainable && other.attainable);
	}

	private ScopeNeed or(ScopeNeed other) {
		if (!this.attainable) {
			return other;
		}
		return (!other.attainable || this.missing <= other.missing) ? this : other;
	}

	private static List<String> roles(List<String> names) {
		return names.stream().map(Requirement.ROLE_PREFIX::concat).toList();
	}

	private static List<String> names(Collection<GrantedAuthority> authorities) {
		return authorities.stream().map(GrantedAuthority::getAuthority).map(String::valueOf).toList();
	}

}
