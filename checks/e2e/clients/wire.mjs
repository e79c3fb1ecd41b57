// SPDX-License-Identifier: Apache-2.0

// Looks over a client's shoulder at the HTTP requests it makes.

import { Mailbox } from './harness.mjs';

export class Wire {
  #responses = new Mailbox();

  // To be given to a transport in place of the global fetch
  fetch = async (url, init) => {
    const response = await fetch(url, init);
    this.#responses.put({
      method: init?.method ?? 'GET',
      requestHeaders: new Headers(init?.headers),
      message: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      status: response.status,
      responseHeaders: response.headers,
    });
    return response;
  };

  get exchanges() {
    return this.#responses.letters;
  }

  async first(isMeant, complaint) {
    return this.#responses.first(isMeant, complaint);
  }
}

export function isEventStream(exchange) {
  return exchange.status === 200 && exchange.responseHeaders.get('content-type')?.startsWith('text/event-stream');
}
