// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.mcpremote.call.InputRequest;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ListRootsResult;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Input rounds over whatever channel a call has to its client.
 */
final class ChannelInputRounds implements InputRounds {

	private final RunningCall running;

	private final McpJsonMapper mapper;

	ChannelInputRounds(RunningCall running) {
		this.running = running;
		this.mapper = running.mapper();
	}

	@Override
	public InputAnswers ask(Consumer<InputQuestions> questions) {
		Questions asked = new Questions();
		questions.accept(asked);
		Assert.state(!asked.requests.isEmpty(), "There must be at least one question");
		return new Answers(this.running.questions().ask(asked.requests), this.mapper);
	}

	@Override
	@SuppressWarnings({ "NullAway", "unchecked" }) // A step may have nothing to give back
	public <T> T remember(String step, Class<T> type, Supplier<? extends T> work) {
		ClientChannel.Remembered remembered = this.running.channel().remembered(step);
		if (remembered != null) {
			Object result = remembered.result();
			return (result == null || type.isInstance(result)) ? (T) result : this.mapper.convertValue(result, type);
		}
		T result = work.get();
		this.running.channel().remember(step, result);
		return result;
	}

	@Override
	public void carry(Object state) {
		this.running.channel().carry(state);
	}

	@Override
	public <T> Optional<T> carried(Class<T> type) {
		Object carried = this.running.channel().carried();
		if (carried == null) {
			return Optional.empty();
		}
		return Optional.of((type.isInstance(carried)) ? type.cast(carried) : this.mapper.convertValue(carried, type));
	}

	@Override
	public InputRounds singleUse() {
		this.running.channel().singleUse();
		return this;
	}

	/**
	 * Collects questions.
	 */
	private static final class Questions implements InputQuestions {

		private final Map<String, InputRequest> requests = new LinkedHashMap<>();

		@Override
		public InputQuestions elicit(String key, ElicitRequest request) {
			return add(key, McpSchema.METHOD_ELICITATION_CREATE, request);
		}

		@Override
		public InputQuestions sample(String key, CreateMessageRequest request) {
			return add(key, McpSchema.METHOD_SAMPLING_CREATE_MESSAGE, request);
		}

		@Override
		public InputQuestions roots(String key) {
			return add(key, McpSchema.METHOD_ROOTS_LIST, Map.of());
		}

		private InputQuestions add(String key, String method, Object params) {
			Assert.hasText(key, "A question needs a key");
			Assert.isNull(this.requests.put(key, new InputRequest(method, params)),
					() -> "Two questions have the key '" + key + "'");
			return this;
		}

	}

	/**
	 * Converts answers to the types of the SDK.
	 *
	 * @param answers the answers by key
	 * @param mapper converts them
	 */
	private record Answers(Map<String, Map<String, Object>> answers, McpJsonMapper mapper) implements InputAnswers {

		@Override
		public ElicitResult elicitation(String key) {
			return convert(key, ElicitResult.class);
		}

		@Override
		public CreateMessageResult sample(String key) {
			return convert(key, CreateMessageResult.class);
		}

		@Override
		public ListRootsResult roots(String key) {
			return convert(key, ListRootsResult.class);
		}

		@Override
		public String toString() {
			return "Answers" + this.answers.keySet();
		}

		private <T> T convert(String key, Class<T> type) {
			@Nullable Map<String, Object> answer = this.answers.get(key);
			Assert.state(answer != null, () -> "There was no question with the key '" + key + "'");
			return this.mapper.convertValue(answer, type);
		}

	}

}
