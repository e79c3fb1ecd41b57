// SPDX-License-Identifier: Apache-2.0

// Looks at the meters of the sample as its operator does.

export class Operator {
  #url;

  constructor(mcpUrl) {
    this.#url = new URL('/actuator/prometheus', mcpUrl);
  }

  async callsUnderWay() {
    return this.#sum('mcp_server_calls_active');
  }

  async abandonedCalls() {
    // There is a count of them as of the first one, and how many there are now is always told
    if ((await this.#lines('mcp_server_abandoned_active')).length === 0) {
      throw new Error('there is no meter of abandoned calls');
    }
    return this.#sum('mcp_server_abandoned_total');
  }

  async cancelledCalls(tool) {
    const tags = [`gen_ai_tool_name="${tool}"`, 'error_type="cancelled"'];
    return this.#sum('mcp_server_operation_duration_seconds_count', tags);
  }

  async #sum(name, tags = []) {
    return (await this.#lines(name, tags)).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  async #lines(name, tags = []) {
    const response = await fetch(this.#url, { headers: { authorization: `Basic ${btoa('editor:editor')}` } });
    if (response.status !== 200) {
      throw new Error(`the meters were answered with ${response.status}`);
    }
    return (await response.text())
      .split('\n')
      .filter((line) => line.split(/[ {]/)[0] === name && tags.every((tag) => line.includes(tag)));
  }
}
