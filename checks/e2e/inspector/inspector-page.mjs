// SPDX-License-Identifier: Apache-2.0

// The Inspector's page, as somebody sees it who uses it.

const PATIENCE_MILLIS = 15_000;

export class InspectorPage {
  #page;
  #url;

  constructor(page, url) {
    this.#page = page;
    this.#url = url;
    page.setDefaultTimeout(PATIENCE_MILLIS);
  }

  async open() {
    await this.#page.goto(this.#url);
  }

  async add(id, url) {
    await this.#button('Add Servers').click();
    await this.#page.getByRole('menuitem', { name: 'Add manually' }).click();
    const form = this.#page.getByRole('dialog', { name: 'Add server' });
    await form.getByLabel('Server ID').fill(id);
    await form.getByLabel('Transport').click();
    await this.#page.getByRole('option', { name: 'streamable-http' }).click();
    await form.getByLabel('URL').fill(url);
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await this.#card(id).waitFor();
  }

  // The era as the page calls it: Legacy, Auto, Modern
  async choose(id, era) {
    await this.#card(id).getByRole('button', { name: 'Settings' }).click();
    const settings = this.#page.getByRole('dialog', { name: 'Server Settings' });
    await settings.getByLabel('Protocol Era').click();
    await this.#page.getByRole('option', { name: new RegExp(`^${era}`) }).click();
    await this.#page.keyboard.press('Escape');
    await settings.waitFor({ state: 'hidden' });
  }

  async connect(id) {
    await this.#card(id).getByRole('switch').click({ force: true });
  }

  async state(id) {
    return this.#card(id).innerText();
  }

  async tab(name) {
    await this.#page.locator('header').getByText(name, { exact: true }).click();
  }

  // The entries of the list on the left, by their first line. A list that goes fades out while the next one comes.
  async entries(name) {
    const heading = new RegExp(`${name} \\((\\d+)\\)`);
    const count = Number((await this.shows(heading)).match(heading)[1]);
    const entries = this.#page.locator('button.list-item');
    await this.#until(async () => (await entries.count()) === count, () => `no list of ${count}`);
    return (await entries.allInnerTexts()).map((text) => text.split('\n')[0]);
  }

  async select(name) {
    await this.#page
      .locator('button.list-item')
      .filter({ has: this.#page.getByText(name, { exact: true }) })
      .click();
  }

  async call(tool, args = {}) {
    await this.tab('Tools');
    // What the tool has answered before is gone once another one is selected
    await this.select(tool === 'whoami' ? 'get_project' : 'whoami');
    await this.select(tool);
    for (const [name, value] of Object.entries(args)) {
      await this.#page.getByLabel(new RegExp(`^${name}( \\*)?$`)).fill(value);
    }
    await this.#button('Execute Tool').click();
  }

  // What a tool has answered, as soon as that matches
  async result(pattern) {
    return this.shows(pattern, (text) => text.split(/\n(?:Results|Tool Call Failed)\n/)[1]?.split('\nLogs\n')[0] ?? '');
  }

  async shows(pattern, part = (text) => text) {
    let text;
    const isThere = async () => {
      text = part(await this.#page.locator('body').innerText());
      return pattern.test(text);
    };
    await this.#until(isThere, () => `${pattern} is not shown, but:\n${text.slice(-600)}`);
    return text;
  }

  async #until(isThere, complaint) {
    const deadline = Date.now() + PATIENCE_MILLIS;
    while (!(await isThere())) {
      if (Date.now() > deadline) {
        throw new Error(complaint());
      }
      await this.#page.waitForTimeout(100);
    }
  }

  question() {
    return this.#page.getByRole('dialog', { name: 'Elicitation Request' });
  }

  async answer(button, { confirm = false } = {}) {
    if (confirm) {
      await this.question().getByLabel('Confirm').check();
    }
    await this.question().getByRole('button', { name: button }).click();
    await this.question().waitFor({ state: 'hidden' });
  }

  async authorize() {
    await this.#button('Authorize').click();
  }

  async read(template, id) {
    await this.tab('Resources');
    await this.select(template);
    await this.#page.getByPlaceholder('Enter id').fill(id);
    await this.#button('Read Resource').click();
  }

  #card(id) {
    return this.#page.locator('.mantine-Card-root', { has: this.#button(`Reorder ${id}`) });
  }

  #button(name) {
    return this.#page.getByRole('button', { name, exact: true });
  }
}
