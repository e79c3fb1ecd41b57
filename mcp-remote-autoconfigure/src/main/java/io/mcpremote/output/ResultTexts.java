// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Takes everything in a result that a model reads through a pass.
 */
@SuppressWarnings("NullAway") // Fields of the protocol's types may be null
final class ResultTexts {

	private final ObjectMapper json;

	private final StructuredTexts structured;

	ResultTexts(ObjectMapper json) {
		this.json = json;
		this.structured = new StructuredTexts(json);
	}

	/**
	 * Return what remains of a result.
	 * @return the very same result if nothing has changed
	 */
	Object pass(Object result, TextPass pass) {
		if (result instanceof CallToolResult tool) {
			return tool(tool, pass);
		}
		if (result instanceof GetPromptResult prompt) {
			String description = text(prompt.description(), pass);
			List<PromptMessage> messages = each(prompt.messages(), (message) -> message(message, pass));
			return (description != prompt.description() || messages != prompt.messages())
					? new GetPromptResult(description, messages, prompt.meta()) : prompt;
		}
		if (result instanceof ReadResourceResult resource) {
			List<ResourceContents> contents = each(resource.contents(), (part) -> contents(part, pass));
			return (contents != resource.contents()) ? new ReadResourceResult(contents, resource.meta()) : resource;
		}
		return result;
	}

	private CallToolResult tool(CallToolResult result, TextPass pass) {
		List<Content> content = each(result.content(), (part) -> content(part, pass));
		Object before = result.structuredContent();
		Object after = this.structured.pass(before, pass);
		if (content == result.content() && after == before) {
			return result;
		}
		if (after != before && content != null) {
			content = withCopies(result.content(), content, before, after, pass);
		}
		return new CallToolResult(content, result.isError(), after, result.meta());
	}

	/**
	 * What a client that knows nothing of structured content reads in its place has to
	 * stay the same as that.
	 */
	private List<Content> withCopies(List<Content> original, List<Content> passed, Object before, Object after,
			TextPass pass) {
		JsonNode structure = this.json.readTree(this.json.writeValueAsString(before));
		List<Content> all = new ArrayList<>(passed);
		for (int i = 0; i < all.size(); i++) {
			if (original.get(i) instanceof TextContent text && structure.equals(tree(text.text()))) {
				String copy = pass.text(this.json.writeValueAsString(after));
				all.set(i, new TextContent(text.annotations(), copy, text.meta()));
			}
		}
		return all;
	}

	private @Nullable JsonNode tree(@Nullable String text) {
		try {
			return (text != null) ? this.json.readTree(text) : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private PromptMessage message(PromptMessage message, TextPass pass) {
		Content content = content(message.content(), pass);
		return (content != message.content()) ? new PromptMessage(message.role(), content) : message;
	}

	private Content content(Content content, TextPass pass) {
		if (content instanceof TextContent part) {
			String text = text(part.text(), pass);
			return (text != part.text()) ? new TextContent(part.annotations(), text, part.meta()) : part;
		}
		if (content instanceof EmbeddedResource part) {
			ResourceContents resource = contents(part.resource(), pass);
			return (resource != part.resource()) ? new EmbeddedResource(part.annotations(), resource, part.meta())
					: part;
		}
		if (content instanceof ResourceLink link) {
			String name = text(link.name(), pass);
			String title = text(link.title(), pass);
			String description = text(link.description(), pass);
			boolean same = name == link.name() && title == link.title() && description == link.description();
			return (same) ? link : new ResourceLink(name, title, link.uri(), description, link.mimeType(), link.size(),
					link.annotations(), link.meta());
		}
		return content;
	}

	private ResourceContents contents(ResourceContents contents, TextPass pass) {
		if (contents instanceof TextResourceContents part) {
			String text = text(part.text(), pass);
			return (text != part.text()) ? new TextResourceContents(part.uri(), part.mimeType(), text, part.meta())
					: part;
		}
		return contents;
	}

	private static @Nullable String text(@Nullable String text, TextPass pass) {
		return (text != null) ? pass.text(text) : null;
	}

	private static <T> List<T> each(List<T> list, UnaryOperator<T> change) {
		List<T> changed = null;
		for (int i = 0; list != null && i < list.size(); i++) {
			T element = list.get(i);
			T after = change.apply(element);
			if (changed == null && after != element) {
				changed = new ArrayList<>(list);
			}
			if (changed != null) {
				changed.set(i, after);
			}
		}
		return (changed != null) ? changed : list;
	}

}
