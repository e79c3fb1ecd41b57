// SPDX-License-Identifier: Apache-2.0

// Every page of docs has its place here; links.mjs looks for those that have none.

function pages(...entries) {
  return entries.map(([text, path]) => ({ text, link: `/docs/${path}` }));
}

export const sidebar = [
  {
    text: 'Begin',
    items: pages(
      ['Overview', ''],
      ['Getting started', 'getting-started'],
      ['Concepts', 'concepts'],
      ['Migrating', 'migrating'],
      ['Troubleshooting', 'troubleshooting'],
    ),
  },
  {
    text: 'Who may do what',
    items: [
      ...pages(['Security', 'security']),
      {
        text: 'Identity providers',
        link: '/docs/identity-providers/',
        collapsed: true,
        items: pages(
          ['Keycloak', 'identity-providers/keycloak'],
          ['Auth0', 'identity-providers/auth0'],
          ['Okta', 'identity-providers/okta'],
          ['Entra ID', 'identity-providers/entra'],
          ['WorkOS', 'identity-providers/workos'],
          ['Clerk', 'identity-providers/clerk'],
          ['Social login', 'identity-providers/social-login'],
        ),
      },
      ...pages(
        ['API keys', 'api-keys'],
        ['Policies', 'policies'],
        ['Tokens for other services', 'downstream-tokens'],
        ['Threat model', 'threat-model'],
      ),
    ],
  },
  {
    text: 'Calls',
    items: pages(
      ['Limits', 'limits'],
      ['Resilience', 'resilience'],
      ['Caching and repeats', 'caching-and-repeats'],
      ['Input and output', 'input-and-output'],
      ['Input rounds', 'input-rounds'],
      ['Confirmation', 'confirmation'],
      ['Versions', 'versions'],
      ['Pools and parallel backends', 'pools-and-backends'],
    ),
  },
  {
    text: 'Operation',
    items: pages(
      ['Deployment', 'deployment'],
      ['Operations', 'operations'],
      ['Console', 'console'],
      ['Observability', 'observability'],
      ['Shipping telemetry', 'shipping-telemetry'],
      ['Audit', 'audit'],
      ['Audit ledger', 'audit-ledger'],
    ),
  },
  {
    text: 'Reference',
    items: pages(
      ['Configuration', 'configuration'],
      ['Extending', 'extending'],
      ['Clients and protocol', 'protocol'],
      ['Architecture', 'architecture'],
    ),
  },
];
