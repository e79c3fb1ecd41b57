// SPDX-License-Identifier: Apache-2.0

// Plays the user, the model and the workspace that a client can be asked about.

const ENTRIES = {
  color: 'green',
  context: 'a rainy day',
  email: 'ada@example.com',
  name: 'Ada',
  ok: true,
  username: 'ada',
};

export const CAPABILITIES = { elicitation: {}, roots: { listChanged: true }, sampling: {} };

export class Host {
  #questions = [];
  #declines = false;

  // Which handlers a client needs, by method
  handlers() {
    return {
      'elicitation/create': (request) => this.#enter(request.params),
      'sampling/createMessage': (request) => this.#complete(request.params),
      'roots/list': () => this.#roots(),
    };
  }

  takeQuestions() {
    return this.#questions.splice(0);
  }

  declineNext() {
    this.#declines = true;
  }

  #enter(params) {
    this.#questions.push(params.message);
    if (this.#declines) {
      this.#declines = false;
      return { action: 'decline' };
    }
    const fields = Object.keys(params.requestedSchema.properties);
    return { action: 'accept', content: Object.fromEntries(fields.map((field) => [field, ENTRIES[field]])) };
  }

  #complete(params) {
    const prompt = params.messages[0].content.text;
    this.#questions.push(prompt);
    return {
      role: 'assistant',
      content: { type: 'text', text: `Model on "${prompt}", ${params.maxTokens} tokens` },
      model: 'model-of-the-host',
      stopReason: 'endTurn',
    };
  }

  #roots() {
    this.#questions.push('roots');
    return { roots: [{ uri: 'file:///workspace', name: 'Workspace' }] };
  }
}
