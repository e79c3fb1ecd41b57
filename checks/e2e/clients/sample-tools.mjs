// SPDX-License-Identifier: Apache-2.0

// What the sample has for whoever may use all of it, in order

export const SAMPLE_TOOLS = [
  'create_project',
  'dashboard_summary',
  'delete_project',
  'export_archive',
  'generate_report',
  'get_project',
  'import_document',
  'list_projects',
  'search_contacts',
  'search_contacts_v2',
  'whoami',
];
