// SPDX-License-Identifier: Apache-2.0

// A browser with somebody in front of it who signs in where asked to, and consents to everything.

const MAX_STEPS = 10;

export class Browser {
  #cookies = new Map();
  #user;

  constructor(user) {
    this.#user = user;
  }

  // Opens a page and goes on until sent back to a client; resolves to what the client is told.
  async open(page, redirectUri) {
    let url = new URL(page);
    let response = await this.#request(url);
    for (let step = 0; step < MAX_STEPS; step++) {
      if (response.status === 302) {
        url = new URL(response.headers.get('location'), url);
        if (url.href.startsWith(redirectUri)) {
          return url.searchParams;
        }
        response = await this.#request(url);
        continue;
      }
      const html = await response.text();
      // Where there are two, the first is to allow
      const form = html.match(/<form[^]*?<\/form>/);
      if (response.status !== 200 || !form) {
        throw new Error(`stuck at ${url} with ${response.status}`);
      }
      url = new URL(attribute(form[0], 'action') ?? url, url);
      response = await this.#request(url, { method: 'POST', body: this.#fillIn(form[0]) });
    }
    throw new Error(`sent around in circles, the last time to ${url}`);
  }

  #fillIn(form) {
    const fields = new URLSearchParams();
    for (const [input] of form.matchAll(/<input[^>]*>/g)) {
      const name = attribute(input, 'name');
      const type = attribute(input, 'type');
      if (type === 'text' || type === 'password') {
        fields.append(name, this.#user);
      } else if (type === 'hidden' || (type === 'checkbox' && attribute(input, 'value'))) {
        fields.append(name, attribute(input, 'value'));
      }
    }
    return fields;
  }

  async #request(url, init = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { accept: 'text/html', cookie } });
    for (const header of response.headers.getSetCookie()) {
      const [, name, value] = header.match(/^([^=]+)=([^;]*)/);
      this.#cookies.set(name, value);
    }
    return response;
  }
}

function attribute(tag, name) {
  return tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1].replaceAll('&amp;', '&');
}
