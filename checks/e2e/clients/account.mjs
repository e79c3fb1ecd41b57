// SPDX-License-Identifier: Apache-2.0

// What a host keeps for its user, and how it sends the user to sign in, without a person.

import { Browser } from './browser.mjs';

export const REDIRECT_URI = 'http://127.0.0.1:54321/callback';

export class Account {
  answer;
  asked = [];
  #browser;
  #client;
  #comesBack;
  #discovery;
  #tokens;
  #verifier;

  // Without a client this one registers, or is known by the document at the URL. With a session (DPoP) its tokens are
  // bound to a key.
  constructor(browser, { client, clientMetadataUrl, session } = {}) {
    this.#browser = browser;
    this.#client = client;
    if (clientMetadataUrl) {
      this.clientMetadataUrl = clientMetadataUrl;
    }
    if (session) {
      this.dpop = () => session;
    }
  }

  static of(user, options) {
    return new Account(new Browser(user), options);
  }

  redirectUrl = REDIRECT_URI;

  clientMetadata = {
    client_name: 'typescript',
    redirect_uris: [REDIRECT_URI],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };

  clientInformation() {
    return this.#client;
  }

  saveClientInformation(client) {
    this.#client = client;
  }

  tokens() {
    return this.#tokens;
  }

  saveTokens(tokens) {
    this.#tokens = tokens;
  }

  saveCodeVerifier(verifier) {
    this.#verifier = verifier;
  }

  codeVerifier() {
    return this.#verifier;
  }

  saveDiscoveryState(discovery) {
    this.#discovery = discovery;
  }

  discoveryState() {
    return this.#discovery;
  }

  async redirectToAuthorization(url) {
    this.asked.push(Object.fromEntries(url.searchParams));
    this.answer = await this.#browser.open(url, REDIRECT_URI);
  }

  // Says how a client is told what the authorization server has answered
  uses(comeBack) {
    this.#comesBack = comeBack;
  }

  async comeBack() {
    await this.#comesBack(this.answer);
  }
}

export function isUnauthorized(error) {
  return error?.constructor?.name === 'UnauthorizedError';
}
