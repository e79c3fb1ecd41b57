// SPDX-License-Identifier: Apache-2.0

// usage: main.mjs <chromium> <base URL of the application> <folder for screenshots>

import path from "node:path";
import { chromium } from "playwright-core";
import { faintTexts } from "./contrast.mjs";
import { authorization, call, check, equal, exitStatus, ok, tool } from "./harness.mjs";

const [executablePath, base, folder] = process.argv.slice(2);
const console_ = `${base}/mcp-console`;
const MARKUP = "<img src=x onerror=alert(1)>";
const SCRIPT = "</script><script>alert(2)</script>";

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const problems = [];

async function login(context, user) {
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      problems.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(console_);
  await page.fill("#username", user);
  await page.fill("#password", user);
  await page.click("button[type=submit]");
  return page;
}

async function screenshot(page, name, fullPage = true) {
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage });
}

// Some of everything
async function traffic() {
  const long = [tool(base, "alice", "export_archive", { millis: 20000 }),
    tool(base, "bob", "export_archive", { millis: 15000 }, "nightly-report")];
  for (let i = 0; i < 24; i++) {
    await tool(base, (i % 3 === 0) ? "bob" : "alice", "greet", { name: `user ${i}` }, "claude-desktop");
    await tool(base, "alice", "search_documents", { query: `report ${i}` }, "agent \u202eevil");
    await tool(base, "bob", "convert_currency", { amount: String(i) }, SCRIPT);
  }
  await tool(base, "alice", MARKUP, { text: SCRIPT }, MARKUP);
  await call(base, "alice", "prompts/get", { name: MARKUP, arguments: { topic: SCRIPT } }, MARKUP);
  await tool(base, "alice", "no_such_tool \ud83d\ude00", { text: MARKUP });
  await call(base, "bob", "prompts/get", { name: "summary", arguments: { topic: MARKUP } });
  await call(base, "bob", "resources/read", { uri: "docs://handbook" });
  return long;
}

// ---- Who may

await check("without a login there is neither the page nor an event, but the application's login", async () => {
  for (const url of [console_, `${console_}/`, `${console_}/events`, `${console_}/x`]) {
    const response = await fetch(url, { redirect: "manual" });
    ok([302, 401].includes(response.status), `${url} answers ${response.status}`);
  }
});
await check("without the role there is neither the page nor an event", async () => {
  for (const url of [console_, `${console_}/`, `${console_}/events`]) {
    const response = await fetch(url, { headers: { Authorization: authorization("alice") }, redirect: "manual" });
    equal(response.status, 403, url);
    ok(!(await response.text()).includes("<"), "the refusal holds markup");
  }
});
await check("nothing can be written, cached, framed, or read by other sites", async () => {
  const headers = { Authorization: authorization("operator") };
  const page = await fetch(console_, { headers });
  equal(page.status, 200, "page");
  const policy = page.headers.get("content-security-policy");
  ok(policy.includes("default-src 'none'") && !policy.includes("unsafe") && policy.includes("frame-ancestors 'none'"),
    policy);
  equal(page.headers.get("x-frame-options"), "DENY", "X-Frame-Options");
  ok(page.headers.get("cache-control").includes("no-store"), "Cache-Control");
  ok(!page.headers.get("set-cookie"), "sets a cookie of its own");
  ok(!/(src|href)="?(https?:)?\/\//.test(await page.text()), "refers to another site");
  for (const method of ["POST", "PUT", "DELETE"]) {
    const response = await fetch(console_, { method, headers });
    ok([401, 403, 405].includes(response.status), `${method} answers ${response.status}`);
  }
  const other = await fetch(`${console_}/events`, { headers: { ...headers, "Sec-Fetch-Site": "cross-site" } });
  equal(other.status, 403, "events for another site");
});

await check("health and the endpoint of the actuator are served, as documented", async () => {
  const get = async (name) => {
    const response = await fetch(`${base}/actuator/${name}`, { headers: { Authorization: authorization("operator") } });
    equal(response.status, 200, name);
    return response.json();
  };
  equal((await get("health/mcp/liveness")).status, "UP", "mcp/liveness");
  equal((await get("health/mcp/readiness")).details.tools, 5, "tools");
  const readiness = await get("health/readiness");
  equal(readiness.status, "UP", "readiness");
  equal(Object.keys(readiness.components).sort().join(), "mcp,readinessState", "what readiness looks at");
  equal(Object.keys(readiness.components.mcp.components).join(), "readiness", "what of it");
  const { server, tools } = await get("mcp");
  equal(server.name, "inventory", "name");
  equal(tools.length, 5, "tools");
  equal((await get("mcp/greet")).timeout, "30s", "timeout");
  const none = await fetch(`${base}/actuator/mcp/none`, { headers: { Authorization: authorization("operator") } });
  equal(none.status, 404, "a tool that is not there");
});

// ---- What is shown

const desktop = await browser.newContext({ viewport: { width: 1360, height: 900 }, colorScheme: "light" });
const page = await login(desktop, "operator");

await check("an operator who has logged in gets back to the page, which is live", async () => {
  await page.waitForSelector("#connection[data-state=live]");
  equal(await page.textContent("#server-name"), "inventory", "name");
});
await screenshot(page, "empty");
await check("a call is shown as it ends, without anything being reloaded", async () => {
  await tool(base, "alice", "greet", { name: "first" });
  await page.waitForSelector("#events tr >> text=greet");
  await page.waitForSelector("#plots >> text=greet");
});
const long = await traffic();
await check("calls under way, latencies, refusals, breakers and limits are shown", async () => {
  await page.waitForSelector("#running >> text=export_archive");
  await page.waitForSelector("#plots >> text=search_documents");
  await page.waitForSelector("#refusals >> text=unknown target");
  await page.waitForSelector("#breakers >> text=convert_currency");
  await page.waitForSelector("#breakers >> text=open");
  await page.waitForSelector("#limits >> text=alice");
});
await check("nothing is cut off at the side of its panel", async () => {
  const cut = await page.evaluate(() => [...document.querySelectorAll(".panel .tag, .panel .number, .label > :last-child")]
    .filter((one) => one.checkVisibility()
      && one.getBoundingClientRect().right > one.closest(".panel").getBoundingClientRect().right - 4)
    .map((one) => one.textContent));
  equal(cut.join("; "), "", "cut off");
});
await check("markup in names, arguments and client names is text", async () => {
  await page.waitForSelector(`#events >> text=${MARKUP}`);
  await page.waitForSelector(`#plots >> text=${MARKUP}`);
  await page.waitForSelector(`#policy-rows >> text=${MARKUP}`);
  const row = page.locator("#events tr", { hasText: MARKUP }).last();
  await row.locator("button").click();
  await page.waitForSelector(`#events .details >> text=${SCRIPT}`);
  equal(await page.locator("main img, main script").count(), 0, "elements made of data");
  ok(!(await page.textContent("#events")).includes("\u202e"), "text is turned around");
});
await screenshot(page, "desktop");
await screenshot(page, "desktop-first-screen", false);
await check("the audit tail can be filtered", async () => {
  await page.fill("#audit-text", "convert_currency");
  await page.waitForFunction(() => [...document.querySelectorAll("#events tr:not([hidden]):not(.details)")]
    .every((row) => row.textContent.includes("convert_currency")));
  await page.selectOption("#audit-outcome", "good");
  equal(await page.locator("#events tr:not([hidden])").count(), 0, "rows that failed and went well");
  await page.selectOption("#audit-outcome", "");
  await page.fill("#audit-text", "");
});
await check("the policies can be filtered, and have figures that move", async () => {
  await page.fill("#policy-text", "export");
  await page.waitForFunction(() => document.querySelectorAll("#policy-rows tr").length === 1);
  ok((await page.textContent("#policy-rows")).includes("read:archive"), "no scope");
  await page.fill("#policy-text", "greet");
  const calls = page.locator("#policy-rows tr", { hasText: "greet" }).first().locator("[data-label=Calls]");
  const before = Number(await calls.textContent());
  await tool(base, "alice", "greet", { name: "again" });
  await page.waitForFunction((count) => Number(document.querySelector("#policy-rows [data-label=Calls]").textContent)
    > count, before);
  await page.fill("#policy-text", "");
});
await check("what is held is shown later, all of it", async () => {
  await page.click("#pause");
  await tool(base, "bob", "greet", { name: "while it is held" });
  await page.waitForTimeout(2500);
  equal(await page.getAttribute("#pause", "aria-pressed"), "true", "aria-pressed");
  const held = await page.locator("#events > tr:not(.details)").count();
  await page.click("#pause");
  await page.waitForFunction((count) => document.querySelectorAll("#events > tr:not(.details)").length > count, held);
});

// ---- For everybody

await check("everything can be reached and used by keyboard, in the order in which it stands", async () => {
  await page.reload();
  await page.waitForSelector("#events button");
  const seen = [];
  for (let i = 0; i < 24; i++) {
    await page.keyboard.press("Tab");
    seen.push(await page.evaluate(() => {
      const focused = document.activeElement;
      const { outlineStyle } = getComputedStyle(focused);
      return `${focused.id || focused.textContent.trim().slice(0, 24) || focused.className} ${outlineStyle}`;
    }));
  }
  const order = ["Skip to the figures", "Activity", "Policies", "pause", "audit-text", "audit-outcome", "audit-type",
    "Details"].map((name) => seen.findIndex((one) => one.startsWith(name)));
  ok(order.every((place, index) => place >= 0 && (index === 0 || place > order[index - 1])), seen.join("; "));
  ok(seen.every((one) => !one.endsWith(" none")), `focus cannot be seen: ${seen.join("; ")}`);
  const details = page.locator("#events button.more:visible").first();
  await details.focus();
  await page.keyboard.press("Enter");
  equal(await details.getAttribute("aria-expanded"), "true", "aria-expanded");
  await page.keyboard.press("Enter");
});
await check("everything has a name, and every table a head", async () => {
  const unnamed = await page.evaluate(() => [...document.querySelectorAll("section, nav, input, select, button, svg")]
    .filter((one) => !(one.getAttribute("aria-label") || one.getAttribute("aria-labelledby") || one.labels?.length
      || (one.tagName === "BUTTON" && one.textContent.trim())))
    .map((one) => one.outerHTML.slice(0, 80)));
  equal(unnamed.join("; "), "", "without a name");
  equal(await page.locator("table:not(:has(thead th[scope=col]))").count(), 0, "tables without a head");
  equal(await page.locator("h1").count(), 1, "headings of the first level");
});
await check("text can be read by day", async () => {
  equal((await page.evaluate(faintTexts)).join("; "), "", "too faint");
});
await check("text can be read in the dark", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  equal((await page.evaluate(faintTexts)).join("; "), "", "too faint");
  await screenshot(page, "dark");
  await screenshot(page, "dark-first-screen", false);
  await page.emulateMedia({ colorScheme: "light" });
});
await check("nothing moves for those who want that", async () => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await tool(base, "alice", "greet", { name: "calm" });
  await page.waitForTimeout(1500);
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one);
    return style.animationName !== "none" || !/^(0s(, )?)+$/.test(style.transitionDuration);
  }).length);
  equal(moving, 0, "elements that move");
  await page.emulateMedia({ reducedMotion: "no-preference" });
});
await check("it fits a phone", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  ok(width <= 390, `it is ${width} wide`);
  const small = await page.evaluate(() => [...document.querySelectorAll("button, input, select")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 28)
    .map((one) => one.id || one.textContent));
  equal(small.join("; "), "", "too small for a finger");
  await screenshot(page, "phone");
  await screenshot(page, "phone-first-screen", false);
  await page.emulateMedia({ colorScheme: "dark" });
  await screenshot(page, "phone-dark-first-screen", false);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1360, height: 900 });
});
await check("nothing is blocked, complains or breaks in the page", async () => {
  const violations = await page.evaluate(() => globalThis.violations);
  equal([...violations, ...problems].join("; "), "", "problems");
});

// ---- How it ends

await check("the stream ends with the login", async () => {
  const other = await desktop.newPage();
  const response = await other.request.post(`${base}/logout`);
  ok(response.ok(), `logout answers ${response.status()}`);
  await page.waitForSelector("#connection[data-state=lost]");
});
await check("pages are bounded in number, and give their places back", async () => {
  const headers = { Authorization: authorization("operator") };
  const open = [];
  let refused;
  for (let i = 0; i < 12 && !refused; i++) {
    const control = new AbortController();
    const response = await fetch(`${console_}/events`, { headers, signal: control.signal });
    if (response.status === 503) {
      refused = response;
    }
    else {
      equal(response.status, 200, "events");
      open.push(control);
    }
  }
  ok(refused && refused.headers.get("retry-after"), "none is refused");
  open.forEach((control) => control.abort());
  for (let i = 0; ; i++) {
    const control = new AbortController();
    const response = await fetch(`${console_}/events`, { headers, signal: control.signal });
    control.abort();
    if (response.status === 200) {
      break;
    }
    ok(i < 50, "no place is given back");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
});

await Promise.all(long);
await browser.close();
process.exit(exitStatus());
