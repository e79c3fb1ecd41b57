// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import tools.jackson.databind.json.JsonMapper;

/**
 * JSON that can be taken apart and put together wrongly: names may occur twice, numbers
 * and strings may be anything.
 */
final class FuzzJson {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final List<String> RAW = List.of("0", "-0", "-1", "1.5", "42.0", "1e5", "1e999", "-1e-999", "007",
			"2147483648", "9223372036854775808", "9007199254740993", "1" + "0".repeat(99), "1" + "0".repeat(200), "NaN",
			"\"\\ud800\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"\\x\"", "\"\\u12\"", "'x'", "// x", "[", "}", "\"",
			"");

	private static final List<String> STRINGS = List.of("", " ", "x", "echo", "ask", "tools/call", "initialize", "ping",
			"subscriptions/listen", "2026-07-28", "2025-11-25", "test://text", "test://item/1", "../../etc/passwd",
			"%00", "\u0000", "\r\nX: y", "\u00E9\u20AC", "\uD83D\uDE00", "\u202Eabc", "{{7*7}}", "${jndi:x}",
			"a".repeat(300), "b".repeat(5000), "\uFEFF", "null", "true", "1");

	private FuzzJson() {
	}

	static Object parse(String json) {
		return copy(JSON.readValue(json, Object.class));
	}

	/**
	 * Copy a value, with objects as lists of members.
	 */
	static Object copy(Object value) {
		if (value instanceof Map<?, ?> map) {
			Members members = new Members();
			map.forEach((name, member) -> members.add(new Member((String) name, copy(member))));
			return members;
		}
		if (value instanceof Members members) {
			Members copy = new Members();
			members.forEach((member) -> copy.add(new Member(member.name(), copy(member.value()))));
			return copy;
		}
		if (value instanceof List<?> list) {
			List<Object> copy = new ArrayList<>();
			list.forEach((element) -> copy.add(copy(element)));
			return copy;
		}
		return value;
	}

	/**
	 * Change one thing somewhere in a value.
	 */
	static Object mutate(Object value, Random random, Object donor) {
		List<Slot> slots = new ArrayList<>();
		collect(value, slots);
		if (value instanceof Members members && random.nextInt(4) > 0) {
			// What is wrong on the surface never gets far
			slots.removeIf((slot) -> slot.holder() == members);
		}
		if (slots.isEmpty() || random.nextInt(200) == 0) {
			return (random.nextBoolean()) ? new ArrayList<>(Collections.nCopies(1 + random.nextInt(60), copy(value)))
					: anything(random, donor);
		}
		Slot slot = slots.get(random.nextInt(slots.size()));
		switch (random.nextInt(10)) {
			case 0 -> slot.remove();
			case 1 -> slot.insert(new Member(slot.name(), slot.get()));
			case 2 -> slot.rename(name(slot.name(), random));
			case 3, 4, 5 -> slot.set(anything(random, donor));
			case 6 -> slot.set(nested(slot.get(), random));
			case 7 -> {
				Slot other = slots.get(random.nextInt(slots.size()));
				Object mine = copy(slot.get());
				slot.set(copy(other.get()));
				other.set(mine);
			}
			case 8 -> slot.insert(new Member(name("x", random), anything(random, donor)));
			default -> slot.set(similar(slot.get(), random));
		}
		return value;
	}

	static String write(Object value, Random random) {
		StringBuilder out = new StringBuilder(256);
		write(value, out, random);
		return out.toString();
	}

	private static Object anything(Random random, Object donor) {
		return switch (random.nextInt(8)) {
			case 0 -> null;
			case 1 -> random.nextBoolean();
			case 2 -> random.nextInt(100) - 50;
			case 3 -> new Raw(RAW.get(random.nextInt(RAW.size())));
			case 4 -> new ArrayList<>();
			case 5 -> new Members();
			case 6 -> part(donor, random);
			default -> STRINGS.get(random.nextInt(STRINGS.size()));
		};
	}

	private static Object part(Object donor, Random random) {
		List<Slot> slots = new ArrayList<>();
		collect(donor, slots);
		return (slots.isEmpty()) ? donor : copy(slots.get(random.nextInt(slots.size())).get());
	}

	private static Object nested(Object value, Random random) {
		Object nested = value;
		int depth = (random.nextInt(8) == 0) ? 100 : 1 + random.nextInt(3);
		for (int i = 0; i < depth; i++) {
			if (random.nextBoolean()) {
				List<Object> list = new ArrayList<>();
				list.add(nested);
				nested = list;
			}
			else {
				Members members = new Members();
				members.add(new Member("x", nested));
				nested = members;
			}
		}
		return nested;
	}

	private static Object similar(Object value, Random random) {
		if (value instanceof String text && !text.isEmpty()) {
			int at = random.nextInt(text.length());
			return switch (random.nextInt(4)) {
				case 0 -> text.substring(0, at);
				case 1 -> text.substring(0, at) + (char) random.nextInt(0xD800) + text.substring(at);
				case 2 -> text.toUpperCase(Locale.ROOT);
				default -> text + text;
			};
		}
		if (value instanceof Number number) {
			return switch (random.nextInt(3)) {
				case 0 -> String.valueOf(number);
				case 1 -> number.doubleValue() + 0.5;
				default -> -number.longValue();
			};
		}
		return String.valueOf(value);
	}

	private static String name(String name, Random random) {
		return switch (random.nextInt(5)) {
			case 0 -> name.toUpperCase(Locale.ROOT);
			case 1 -> name + "x";
			case 2 -> "";
			case 3 -> "_meta";
			default -> STRINGS.get(random.nextInt(STRINGS.size()));
		};
	}

	@SuppressWarnings("unchecked")
	private static void collect(Object value, List<Slot> slots) {
		if (value instanceof Members members) {
			for (int i = 0; i < members.size(); i++) {
				slots.add(new Slot(members, i));
				collect(members.get(i).value(), slots);
			}
		}
		else if (value instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				slots.add(new Slot((List<Object>) list, i));
				collect(list.get(i), slots);
			}
		}
	}

	private static void write(Object value, StringBuilder out, Random random) {
		if (value instanceof Members members) {
			out.append('{');
			for (int i = 0; i < members.size(); i++) {
				out.append((i > 0) ? "," : "");
				write(members.get(i).name(), out, random);
				out.append(':');
				write(members.get(i).value(), out, random);
			}
			out.append('}');
		}
		else if (value instanceof List<?> list) {
			out.append('[');
			for (int i = 0; i < list.size(); i++) {
				out.append((i > 0) ? "," : "");
				write(list.get(i), out, random);
			}
			out.append(']');
		}
		else if (value instanceof String text) {
			write(text, out, random);
		}
		else {
			out.append((value instanceof Raw raw) ? raw.text() : String.valueOf(value));
		}
	}

	private static void write(String text, StringBuilder out, Random random) {
		boolean escape = random.nextInt(20) == 0;
		out.append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"' || c == '\\' || c < 0x20 || (escape && random.nextInt(4) == 0)) {
				out.append("\\u%04x".formatted((int) c));
			}
			else {
				out.append(c);
			}
		}
		out.append('"');
	}

	/**
	 * The members of an object, in order.
	 */
	static final class Members extends ArrayList<Member> {

		private static final long serialVersionUID = 1L;

		Map<String, Object> asMap() {
			Map<String, Object> map = new LinkedHashMap<>();
			forEach((member) -> map.put(member.name(), member.value()));
			return map;
		}

	}

	/**
	 * A member of an object.
	 *
	 * @param name its name
	 * @param value its value
	 */
	record Member(String name, Object value) {

	}

	/**
	 * Text that is written as it is.
	 *
	 * @param text the text
	 */
	record Raw(String text) {

	}

	/**
	 * A place in a list or an object.
	 *
	 * @param holder the list or the members of the object
	 * @param index where in it
	 */
	private record Slot(List<?> holder, int index) {

		String name() {
			return (this.holder instanceof Members members) ? members.get(this.index).name() : "x";
		}

		Object get() {
			return (this.holder instanceof Members members) ? members.get(this.index).value()
					: this.holder.get(this.index);
		}

		void set(Object value) {
			if (this.holder instanceof Members members) {
				members.set(this.index, new Member(name(), value));
			}
			else {
				elements().set(this.index, value);
			}
		}

		void rename(String name) {
			if (this.holder instanceof Members members) {
				members.set(this.index, new Member(name, get()));
			}
		}

		void insert(Member member) {
			if (this.holder instanceof Members members) {
				members.add(this.index, member);
			}
			else {
				elements().add(this.index, member.value());
			}
		}

		void remove() {
			this.holder.remove(this.index);
		}

		@SuppressWarnings("unchecked")
		private List<Object> elements() {
			return (List<Object>) this.holder;
		}

	}

}
