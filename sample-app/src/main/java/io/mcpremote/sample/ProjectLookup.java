// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import io.mcpremote.input.IdentifierLookup;

import org.springframework.stereotype.Component;

/**
 * Knows which identifiers are those of projects that the caller may know of.
 */
@Component
class ProjectLookup implements IdentifierLookup {

	private final Projects projects;

	private final CurrentUser user;

	ProjectLookup(Projects projects, CurrentUser user) {
		this.projects = projects;
		this.user = user;
	}

	@Override
	public String kind() {
		return "projects";
	}

	@Override
	public boolean exists(String id) {
		return this.projects.find(this.user.tenant(), id).isPresent();
	}

}
