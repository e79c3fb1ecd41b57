// SPDX-License-Identifier: Apache-2.0

// Looks over a client's shoulder at the HTTP requests it makes.

import { setTimeout } from 'node:timers/promises';

import { Mailbox } from './harness.mjs';

const MOST_SECONDS_TO_WAIT = 10;

export class Wire {
  #responses = new Mailbox();

  // To be given to a transport in place of the global fetch
  fetch = async (url, init) => {
    const response = await fetch(url, init);
    const requestHeaders = new Headers(init?.headers);
    this.#responses.put({
      url: new URL(url),
      method: init?.method ?? 'GET',
      requestHeaders,
      message: isMessage(requestHeaders, init?.body) ? JSON.parse(init.body) : undefined,
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

function isMessage(headers, body) {
  return typeof body === 'string' && headers.get('content-type')?.startsWith('application/json');
}

export function isEventStream(exchange) {
  return exchange.status === 200 && exchange.responseHeaders.get('content-type')?.startsWith('text/event-stream');
}

// Waits as long as a server asks it to, if that is not for long, as a well-behaved host does
export function heeding(fetch) {
  return async (url, init) => {
    const response = await fetch(url, init);
    const seconds = Number(response.headers.get('retry-after'));
    if (response.status !== 429 || !(seconds > 0 && seconds <= MOST_SECONDS_TO_WAIT)) {
      return response;
    }
    await response.body?.cancel();
    await setTimeout(seconds * 1000);
    return fetch(url, init);
  };
}
