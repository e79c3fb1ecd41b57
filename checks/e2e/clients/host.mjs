// SPDX-License-Identifier: Apache-2.0

// Plays the user, the model and the workspace that a client can be asked about.

import { Mailbox } from './harness.mjs';

const ENTRIES = {
  color: 'green',
  confirm: true,
  context: 'a rainy day',
  email: 'ada@example.com',
  name: 'Ada',
  ok: true,
  username: 'ada',
};

export const CAPABILITIES = { elicitation: {}, roots: { listChanged: true }, sampling: {} };

export class Host {
  #questions = new Mailbox();
  #declines = false;
  #hesitates = false;

  // Which handlers a client needs, by method
  handlers() {
    return {
      'elicitation/create': (request) => this.#enter(request.params),
      'sampling/createMessage': (request) => this.#complete(request.params),
      'roots/list': () => this.#roots(),
    };
  }

  takeQuestions() {
    const questions = this.#questions.letters;
    this.#questions.clear();
    return questions;
  }

  async nextQuestion() {
    await this.#questions.atLeast(1, 'nothing was asked');
    return this.takeQuestions()[0];
  }

  declineNext() {
    this.#declines = true;
  }

  neverAnswerNext() {
    this.#hesitates = true;
  }

  #enter(params) {
    this.#questions.put(params.message);
    if (this.#hesitates) {
      this.#hesitates = false;
      return new Promise(() => {});
    }
    if (this.#declines) {
      this.#declines = false;
      return { action: 'decline' };
    }
    const fields = Object.keys(params.requestedSchema.properties);
    return { action: 'accept', content: Object.fromEntries(fields.map((field) => [field, ENTRIES[field]])) };
  }

  #complete(params) {
    const prompt = params.messages[0].content.text;
    this.#questions.put(prompt);
    return {
      role: 'assistant',
      content: { type: 'text', text: `Model on "${prompt}", ${params.maxTokens} tokens` },
      model: 'model-of-the-host',
      stopReason: 'endTurn',
    };
  }

  #roots() {
    this.#questions.put('roots');
    return { roots: [{ uri: 'file:///workspace', name: 'Workspace' }] };
  }
}
