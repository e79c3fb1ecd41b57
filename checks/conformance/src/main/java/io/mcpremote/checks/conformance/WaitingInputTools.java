// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import java.util.Locale;

import io.modelcontextprotocol.spec.McpSchema.ElicitResult;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.stereotype.Component;

/**
 * Tools that ask the client with what Spring AI offers and wait for the answer.
 */
@Component
class WaitingInputTools {

	@McpTool(name = "test_sampling", description = "Passes a prompt on to the client's model")
	String sample(McpSyncRequestContext context, @McpToolParam(description = "What to ask the model") String prompt) {
		return "LLM response: " + Questions.text(context.sample(Questions.prompt(prompt, 100)));
	}

	@McpTool(name = "test_elicitation", description = "Asks the user for a name and an address")
	String elicit(McpSyncRequestContext context, @McpToolParam(description = "What to tell the user") String message) {
		ElicitResult answer = context.elicit(Questions.form(message, """
				{
				  "type": "object",
				  "properties": {
				    "username": { "type": "string", "description": "User's response" },
				    "email": { "type": "string", "description": "User's email address" }
				  },
				  "required": ["username", "email"]
				}
				"""));
		return "User response: " + describe(answer);
	}

	@McpTool(name = "test_elicitation_sep1034_defaults", description = "Asks the user with a form already filled in")
	String elicitWithDefaults(McpSyncRequestContext context) {
		ElicitResult answer = context.elicit(Questions.form("Please review and update the form fields", """
				{
				  "type": "object",
				  "properties": {
				    "name": { "type": "string", "description": "User name", "default": "John Doe" },
				    "age": { "type": "integer", "description": "User age", "default": 30 },
				    "score": { "type": "number", "description": "User score", "default": 95.5 },
				    "status": {
				      "type": "string",
				      "description": "User status",
				      "enum": ["active", "inactive", "pending"],
				      "default": "active"
				    },
				    "verified": { "type": "boolean", "description": "Verification status", "default": true }
				  },
				  "required": []
				}
				"""));
		return "Elicitation completed: " + describe(answer);
	}

	@McpTool(name = "test_elicitation_sep1330_enums", description = "Asks the user to choose from lists")
	String elicitFromEnums(McpSyncRequestContext context) {
		ElicitResult answer = context.elicit(Questions.form("Please select options from the enum fields", """
				{
				  "type": "object",
				  "properties": {
				    "untitledSingle": {
				      "type": "string",
				      "description": "Select one option",
				      "enum": ["option1", "option2", "option3"]
				    },
				    "titledSingle": {
				      "type": "string",
				      "description": "Select one option with titles",
				      "oneOf": [
				        { "const": "value1", "title": "First Option" },
				        { "const": "value2", "title": "Second Option" },
				        { "const": "value3", "title": "Third Option" }
				      ]
				    },
				    "legacyEnum": {
				      "type": "string",
				      "description": "Select one option (legacy)",
				      "enum": ["opt1", "opt2", "opt3"],
				      "enumNames": ["Option One", "Option Two", "Option Three"]
				    },
				    "untitledMulti": {
				      "type": "array",
				      "description": "Select multiple options",
				      "minItems": 1,
				      "maxItems": 3,
				      "items": { "type": "string", "enum": ["option1", "option2", "option3"] }
				    },
				    "titledMulti": {
				      "type": "array",
				      "description": "Select multiple options with titles",
				      "minItems": 1,
				      "maxItems": 3,
				      "items": {
				        "anyOf": [
				          { "const": "value1", "title": "First Choice" },
				          { "const": "value2", "title": "Second Choice" },
				          { "const": "value3", "title": "Third Choice" }
				        ]
				      }
				    }
				  },
				  "required": []
				}
				"""));
		return "Elicitation completed: " + describe(answer);
	}

	private static String describe(ElicitResult answer) {
		return "action=" + answer.action().name().toLowerCase(Locale.ROOT) + ", content=" + answer.content();
	}

}
