// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.docs;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;

/**
 * Compiles blocks of Java. What stands on a page is a part of a program: types, methods,
 * or statements, with {@code ...} for what does not matter. The rest is added here: a
 * class around it that inherits from {@link Given}, and imports.
 */
final class JavaFragments {

	private static final Pattern LEFT_OUT = Pattern.compile("^(.*)\\{ \\.\\.\\. }", Pattern.MULTILINE);

	private static final Pattern LEFT_OUT_LINE = Pattern.compile("^\\s*\\.\\.\\.\\s*$", Pattern.MULTILINE);

	private static final Pattern TYPE = Pattern.compile("\\b(class|interface|record|enum)\\b");

	private static final Pattern IMPORT = Pattern.compile("^import .*;$", Pattern.MULTILINE);

	private static final String THROW = "throw new UnsupportedOperationException();";

	private static final List<String> OPTIONS = List.of("-proc:none", "-parameters", "-Xlint:none", "-Xmaxerrs", "1000",
			"-classpath", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));

	/**
	 * What is imported, since pages leave imports out.
	 */
	private static final String IMPORTS = """
			import java.io.*;
			import java.net.*;
			import java.net.http.*;
			import java.nio.file.*;
			import java.time.*;
			import java.util.*;
			import java.util.concurrent.*;
			import java.util.function.*;
			import io.mcpremote.audit.*;
			import io.mcpremote.cache.*;
			import io.mcpremote.call.*;
			import io.mcpremote.idempotency.*;
			import io.mcpremote.input.*;
			import io.mcpremote.lifecycle.*;
			import io.mcpremote.observe.*;
			import io.mcpremote.operate.*;
			import io.mcpremote.output.*;
			import io.mcpremote.policy.*;
			import io.mcpremote.ratelimit.*;
			import io.mcpremote.resilience.*;
			import io.mcpremote.security.*;
			import io.mcpremote.session.*;
			import io.mcpremote.transport.*;
			import io.mcpremote.wire.*;
			import io.micrometer.common.*;
			import io.modelcontextprotocol.server.*;
			import io.modelcontextprotocol.spec.McpSchema.*;
			import jakarta.validation.constraints.*;
			import org.junit.jupiter.api.*;
			import reactor.core.publisher.*;
			import org.springframework.ai.mcp.annotation.*;
			import org.springframework.ai.mcp.annotation.context.*;
			import org.springframework.beans.factory.annotation.*;
			import org.springframework.boot.test.context.*;
			import org.springframework.context.annotation.*;
			import org.springframework.core.*;
			import org.springframework.core.annotation.*;
			import org.springframework.dao.*;
			import org.springframework.http.client.*;
			import org.springframework.jdbc.core.simple.*;
			import org.springframework.security.concurrent.*;
			import org.springframework.security.config.*;
			import org.springframework.security.config.annotation.web.builders.*;
			import org.springframework.security.core.*;
			import org.springframework.security.core.authority.*;
			import org.springframework.security.oauth2.jwt.*;
			import org.springframework.security.oauth2.server.resource.authentication.*;
			import org.springframework.security.web.*;
			import org.springframework.stereotype.*;
			import org.springframework.web.client.*;
			import jakarta.validation.Valid;
			import java.lang.System.Logger.Level;
			import java.sql.Timestamp;
			import org.springframework.context.event.EventListener;
			""";

	private JavaFragments() {
	}

	static List<String> problems(List<CodeBlock> blocks) {
		if (blocks.isEmpty()) {
			return List.of();
		}
		Map<String, CodeBlock> sources = new LinkedHashMap<>();
		List<JavaFileObject> units = new ArrayList<>();
		for (CodeBlock block : blocks) {
			String name = "Block" + sources.size();
			sources.put("/" + name + ".java", block);
			String members = wrapped(name, block.text(), "", "");
			boolean parses = diagnose(List.of(new Source(name, members)), true).isEmpty();
			units.add(new Source(name,
					(parses) ? members : wrapped(name, block.text(), "void block() throws Exception {\n", "}\n")));
		}
		return diagnose(units, false).stream()
			.map((fault) -> sources.get(fault.getSource().toUri().getPath())
				.problem(fault.getMessage(Locale.ENGLISH).lines().collect(Collectors.joining(" "))))
			.toList();
	}

	/**
	 * Return the source of a class whose members are a block.
	 */
	static String source(String name, CodeBlock block) {
		return wrapped(name, block.text(), "", "");
	}

	/**
	 * Write the classes of a source into a directory.
	 */
	static void compile(String name, String source, Path directory) {
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		List<String> options = new ArrayList<>(OPTIONS);
		options.addAll(List.of("-d", directory.toString()));
		boolean compiled = ToolProvider.getSystemJavaCompiler()
			.getTask(null, null, found, options, null, List.of(new Source(name, source)))
			.call();
		if (!compiled) {
			throw new AssertionError(found.getDiagnostics());
		}
	}

	private static String wrapped(String name, String text, String before, String after) {
		String body = complete(text);
		String imports = IMPORT.matcher(body)
			.results()
			.map((found) -> found.group() + "\n")
			.collect(Collectors.joining());
		return "package io.mcpremote.docs;\n" + imports + IMPORTS + "class " + name + " extends Given {\n" + before
				+ IMPORT.matcher(body).replaceAll("") + after + "}\n";
	}

	private static String complete(String text) {
		Matcher leftOut = LEFT_OUT.matcher(text);
		String bodies = leftOut.replaceAll((found) -> Matcher
			.quoteReplacement(found.group(1) + ((TYPE.matcher(found.group(1)).find()) ? "{ }" : "{ " + THROW + " }")));
		return LEFT_OUT_LINE.matcher(bodies).replaceAll(THROW);
	}

	private static List<Diagnostic<? extends JavaFileObject>> diagnose(List<JavaFileObject> units, boolean parse) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		JavacTask task = (JavacTask) compiler.getTask(null, null, found, OPTIONS, null, units);
		try {
			if (parse) {
				task.parse();
			}
			else {
				task.analyze();
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		return found.getDiagnostics()
			.stream()
			.filter((each) -> each.getKind() == Diagnostic.Kind.ERROR)
			.<Diagnostic<? extends JavaFileObject>>map((each) -> each)
			.toList();
	}

	/**
	 * A source that is nowhere but in memory.
	 */
	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String name, String text) {
			super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
