
"use strict";

// Everything that is shown is set as text and never as markup: names, arguments and what clients call themselves come
// from anybody.

const MAX_EVENTS = 500;
// Then the page lets the login run out
const UNATTENDED_MILLIS = 15 * 60 * 1000;
const MAX_POLICIES = 200;
const MAX_PLOTS = 24;
const MINUTE = 60;

const $ = (id) => document.getElementById(id);
const svgNamespace = "http://www.w3.org/2000/svg";

const view = {
  paused: false,
  waiting: null,
  events: [],
  missed: 0,
  lastEvent: 0,
  policies: [],
  policyCells: new Map(),
  plots: new Map(),
  samples: [],
  server: null,
  types: new Set(),
};

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  if (text !== undefined && text !== null) {
    made.textContent = text;
  }
  const role = { tr: "row", td: "cell" }[tag];
  if (role) {
    // On a small screen tables are not laid out as such, and still are some
    made.setAttribute("role", role);
  }
  return made;
}

// Keeps text of one direction from turning around what stands beside it
function isolated(text, className) {
  return element("bdi", className, text);
}

function svg(tag, className, attributes) {
  const made = document.createElementNS(svgNamespace, tag);
  if (className) {
    made.setAttribute("class", className);
  }
  for (const [name, value] of Object.entries(attributes || {})) {
    made.setAttribute(name, value);
  }
  return made;
}

function cell(label, className, ...content) {
  const made = element("td", className);
  if (label) {
    made.dataset.label = label;
  }
  made.append(...content.filter((one) => one !== null && one !== undefined && one !== ""));
  if (!made.hasChildNodes()) {
    made.classList.add("none");
  }
  return made;
}

function number(value) {
  return (value === null || value === undefined) ? "\u2013" : value.toLocaleString("en");
}

function millis(value) {
  if (!value) {
    return "\u2013";
  }
  if (value < 1) {
    return "< 1 ms";
  }
  return (value < 1000) ? `${(value < 10) ? value.toFixed(1) : Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

function duration(seconds) {
  if (seconds < 90) {
    return `${seconds} s`;
  }
  if (seconds < 5400) {
    return `${Math.round(seconds / 60)} min`;
  }
  return (seconds < 172800) ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`;
}

function words(name) {
  return String(name).toLowerCase().replaceAll("_", " ");
}

function replace(id, made, nothing) {
  const place = $(id);
  if (made.length > 0) {
    place.replaceChildren(...made);
    return;
  }
  if (place.tagName === "TBODY") {
    const row = element("tr");
    const only = element("td", "empty", nothing);
    only.colSpan = 10;
    row.append(only);
    place.replaceChildren(row);
    return;
  }
  place.replaceChildren(element("li", "empty", nothing));
}

function figure(id, value, unit, className) {
  const place = $(id);
  place.replaceChildren(value);
  if (unit) {
    place.append(element("small", "", unit));
  }
  place.className = className || "";
}

// What has changed within the last minute, or since this page was opened
function within(sample) {
  view.samples.push(sample);
  while (view.samples.length > MINUTE) {
    view.samples.shift();
  }
  const first = view.samples[0];
  if (first.calls > sample.calls) {
    // Another replica, or the same one started anew
    view.samples = [sample];
    return { failures: 0, refusals: 0, rate: 0 };
  }
  const before = view.samples[Math.max(0, view.samples.length - 6)];
  const seconds = (sample.at - before.at) / 1000;
  return {
    failures: sample.failures - first.failures,
    refusals: sample.refusals - first.refusals,
    rate: (seconds > 0) ? (sample.calls - before.calls) / seconds : 0,
  };
}

function showFigures(figures) {
  const refusals = Object.values(figures.refusals).reduce((sum, count) => sum + count, 0);
  const recent = within({ at: performance.now(), calls: figures.calls, failures: figures.failures, refusals });
  const slowest = figures.targets.reduce((most, target) => Math.max(most, target.p95Millis), 0);
  figure("rate", (recent.rate < 10) ? recent.rate.toFixed(1) : Math.round(recent.rate).toLocaleString("en"), "/s");
  figure("under-way", number(figures.underWay));
  const [amount, unit] = millis(slowest).split(/ (?=[a-z]+$)/);
  figure("p95", amount, unit && ` ${unit}`);
  figure("failed", number(recent.failures), "", (recent.failures > 0) ? "bad" : "");
  figure("refused", number(recent.refusals), "", (recent.refusals > 0) ? "warn" : "");
  figure("sessions", (view.server && !view.server.sessions.enabled) ? "off" : number(figures.sessions));
  figure("streams", number(figures.streams));
  showRunning(figures.running);
  showLimits(figures.limits);
  showRefusals(figures.refusals);
  showBreakers(figures.breakers);
  showPlots(figures.targets);
  updatePolicies(figures);
}

function showRunning(running) {
  replace("running", running.map((call) => {
    const row = element("tr");
    row.append(cell("", "", isolated(call.target || call.method, "name"), element("div", "sub", call.method)),
      cell("", "", isolated(call.caller), isolated(call.client, "sub")),
      cell("", "number", millis(Math.max(1, call.millis))));
    return row;
  }), "Nothing is being called just now.");
}

function meter(label, value, share, level) {
  const item = element("li");
  const line = element("div", "label");
  const bar = element("span", "meter");
  const fill = element("i", level);
  fill.style.width = `${Math.min(100, Math.round(share * 100))}%`;
  bar.append(fill);
  bar.setAttribute("aria-hidden", "true");
  line.append(label, element("span", "muted", value));
  item.append(line, bar);
  return item;
}

function showLimits(limits) {
  replace("limits", limits.map((limit) => {
    const share = limit.used / limit.allowed;
    const label = element("span");
    label.append(isolated(limit.who, "name"), element("span", "muted", ` ${limit.level}`));
    label.title = limit.who;
    return meter(label, `${number(limit.used)} of ${number(limit.allowed)}, ${duration(limit.resetSeconds)}`, share,
      (share >= 1) ? "bad" : (share >= 0.8) ? "warn" : "");
  }), "No limit is half full.");
}

function showRefusals(refusals) {
  const sorted = Object.entries(refusals).sort((a, b) => b[1] - a[1]);
  const most = sorted.length > 0 ? sorted[0][1] : 1;
  replace("refusals", sorted.map(([reason, count]) => meter(element("span", "", words(reason)), number(count),
    count / most, "")), "Nothing has been refused since the start.");
}

function showBreakers(breakers) {
  replace("breakers", breakers.map((breaker) => {
    const item = element("li");
    const name = isolated(breaker.target, "name");
    name.title = breaker.target;
    const state = element("span", `tag ${breakerLevel(breaker.state)}`, breaker.state);
    state.title = `${breaker.failures} of the last ${breaker.calls} calls failed, ${breaker.refused} refused`;
    if (breaker.state !== "closed") {
      name.append(element("span", "sub", ` ${breaker.failures} of ${breaker.calls} failed`));
    }
    item.append(name, state);
    return item;
  }), "No breaker has been needed yet.");
}

function breakerLevel(state) {
  return (state === "closed") ? "good" : (state.includes("open") && state !== "half-open") ? "bad" : "stop";
}

function showPlots(targets) {
  const shown = targets.slice(0, MAX_PLOTS);
  const keys = new Set(shown.map((target) => `${target.kind} ${target.name}`));
  for (const [key, plot] of view.plots) {
    if (!keys.has(key)) {
      plot.item.remove();
      view.plots.delete(key);
    }
  }
  if (shown.length === 0) {
    replace("plots", [], "Nothing has been called since the start.");
    return;
  }
  const place = $("plots");
  place.querySelector(":scope > .empty")?.remove();
  for (const target of shown) {
    const key = `${target.kind} ${target.name}`;
    let plot = view.plots.get(key);
    if (!plot) {
      plot = newPlot(target);
      view.plots.set(key, plot);
      place.append(plot.item);
    }
    drawPlot(plot, target);
  }
}

function newPlot(target) {
  const item = element("li");
  const title = element("div", "title");
  const name = isolated(target.name, "name");
  name.title = target.name;
  const p95 = element("span");
  const foot = element("div", "foot");
  const left = element("span");
  const right = element("span");
  const drawing = svg("svg", "", { viewBox: "0 0 200 60", preserveAspectRatio: "none", role: "img" });
  title.append(name, p95);
  foot.append(left, right);
  item.append(title, drawing, foot);
  return { item, p95, left, right, drawing };
}

function drawPlot(plot, target) {
  plot.p95.textContent = millis(target.p95Millis);
  plot.left.textContent = `${number(target.calls)} calls`
    + ((target.failures > 0) ? `, ${number(target.failures)} failed` : "")
    + ((target.refusals > 0) ? `, ${number(target.refusals)} refused` : "");
  const history = target.history;
  const top = Math.max(1, ...history.map((one) => one.p95Millis)) * 1.1;
  const busiest = Math.max(1, ...history.map((one) => one.calls));
  const step = 200 / history.length;
  const x = (index) => (index + 0.5) * step;
  const y = (value) => 58 - (value / top) * 54;
  plot.right.textContent = `up to ${millis(top / 1.1)}`;
  const made = [];
  history.forEach((one, index) => {
    if (one.calls > 0) {
      const height = Math.max(2, (one.calls / busiest) * 22);
      made.push(svg("rect", "plot-bar", { x: index * step + 1, y: 58 - height, width: step - 2, height }));
    }
  });
  made.push(svg("line", "plot-base", { x1: 0, x2: 200, y1: 58.5, y2: 58.5 }));
  for (const run of runs(history)) {
    const p95 = run.map((index) => `${x(index)},${y(history[index].p95Millis)}`);
    const p50 = run.map((index) => `${x(index)},${y(history[index].p50Millis)}`);
    if (run.length === 1) {
      made.push(svg("line", "plot-dot", { x1: x(run[0]), x2: x(run[0]), y1: y(history[run[0]].p95Millis),
        y2: y(history[run[0]].p95Millis) }));
    }
    else {
      made.push(svg("polygon", "plot-area", { points: [...p95, ...[...p50].reverse()].join(" ") }));
      made.push(svg("polyline", "plot-p50", { points: p50.join(" ") }));
      made.push(svg("polyline", "plot-p95", { points: p95.join(" ") }));
    }
  }
  plot.drawing.replaceChildren(...made);
  plot.drawing.setAttribute("aria-label", `${target.name}: median ${millis(target.p50Millis)}, p95 ${
    millis(target.p95Millis)} in the last five minutes, ${target.recentCalls} calls`);
}

// Times without calls leave gaps
function runs(history) {
  const found = [];
  let run = [];
  history.forEach((one, index) => {
    if (one.calls > 0) {
      run.push(index);
    }
    else if (run.length > 0) {
      found.push(run);
      run = [];
    }
  });
  if (run.length > 0) {
    found.push(run);
  }
  return found;
}

function level(event) {
  const outcome = event.outcome || "";
  if (event.type === "AUTHENTICATION_FAILURE" || event.type === "REFUSED_REQUEST" || outcome.startsWith("refus")) {
    return "stop";
  }
  if (event.type === "LOSS" || outcome.startsWith("fail") || ["error", "expired"].includes(outcome)) {
    return "bad";
  }
  return (outcome === "ok" || outcome === "done") ? "good" : "other";
}

function matches(event) {
  const text = $("audit-text").value.trim().toLowerCase();
  const outcome = $("audit-outcome").value;
  const type = $("audit-type").value;
  return (type === "" || event.type === type) && (outcome === "" || level(event) === outcome)
    && (text === "" || Object.values(event).some((value) => String(value).toLowerCase().includes(text)));
}

function addEvents(entries, mark) {
  const fresh = entries.filter((entry) => entry.number > view.lastEvent);
  if (fresh.length === 0) {
    return;
  }
  view.lastEvent = fresh[fresh.length - 1].number;
  const place = $("events");
  if (view.events.length === 0) {
    place.replaceChildren();
  }
  for (const entry of fresh) {
    const rows = eventRows(entry.event);
    view.events.push({ event: entry.event, rows });
    showType(entry.event.type);
    rows.forEach((row) => row.classList.toggle("new", mark));
    const shown = matches(entry.event);
    rows[0].hidden = !shown;
    place.prepend(...rows);
  }
  while (view.events.length > MAX_EVENTS) {
    view.events.shift().rows.forEach((row) => row.remove());
  }
  countEvents();
}

function showType(type) {
  if (!view.types.has(type)) {
    view.types.add(type);
    const option = element("option", "", words(type));
    option.value = type;
    $("audit-type").append(option);
  }
}

function eventRows(event) {
  const row = element("tr");
  const details = element("tr", "details");
  details.hidden = true;
  const button = element("button", "more", "Details");
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-label", `Details of ${event.target || words(event.type)} at ${event.time}`);
  button.addEventListener("click", () => {
    if (!details.hasChildNodes()) {
      details.append(detailsOf(event));
    }
    details.hidden = !details.hidden;
    button.setAttribute("aria-expanded", String(!details.hidden));
  });
  const time = element("time", "", new Date(event.time).toLocaleTimeString("en-GB"));
  time.dateTime = event.time;
  time.title = event.time;
  const client = [event.claimedName, event.claimedVersion].filter(Boolean).join(" ");
  const outcome = event.outcome || words(event.type);
  row.append(cell("Time", "time mono", time),
    cell("Who", "", isolated(event.subject || event.address || ""), event.tenant && isolated(event.tenant, "sub")),
    cell("What", "", wrapped(isolated(event.target || event.method || words(event.type), "name"),
      event.target && event.method && element("div", "sub", event.method))),
    cell("Client", "", client && isolated(client)),
    cell("Outcome", "", wrapped(element("span", `tag ${level(event)}`, outcome),
      event.reason && element("span", "sub", words(event.reason)))),
    cell("Took", "number", (event.millis !== undefined) ? millis(event.millis) : ""),
    cell("", "number", button));
  return [row, details];
}

function wrapped(...content) {
  const made = element("div");
  made.append(...content.filter(Boolean));
  return made;
}

function detailsOf(event) {
  const names = { id: "Event", subject: "Subject", issuer: "Issuer", clientId: "OAuth client", tenant: "Tenant",
    address: "Address", session: "Session", protocol: "Revision", arguments: "Arguments", stage: "Decided at",
    error: "Error", size: "Bytes", cached: "From cache", confirmation: "Confirmation", traceId: "Trace",
    version: "Tool version" };
  const list = element("dl");
  const add = (title, value) => {
    const text = element("dd", (title === "Arguments" || title === "Event" || title === "Trace") ? "mono" : "");
    text.append(isolated(String(value)));
    list.append(element("dt", "", title), text);
  };
  for (const [key, title] of Object.entries(names)) {
    if (event[key] !== undefined && event[key] !== false) {
      add(title, event[key]);
    }
  }
  Object.keys(event).filter((key) => key.startsWith("detail ")).forEach((key) => add(key.slice(7), event[key]));
  const only = element("td");
  only.colSpan = 7;
  only.append(list);
  return only;
}

function countEvents() {
  const shown = view.events.filter((one) => !one.rows[0].hidden).length;
  $("audit-count").textContent = (view.events.length > 0) ? `${number(shown)} of the last ${number(view.events.length)}`
    + ((view.missed > 0) ? `, ${number(view.missed)} missed` : "") : "";
}

function filterEvents() {
  for (const { event, rows } of view.events) {
    const shown = matches(event);
    rows[0].hidden = !shown;
    if (!shown) {
      rows[1].hidden = true;
      rows[0].querySelector("button").setAttribute("aria-expanded", "false");
    }
  }
  countEvents();
}

function showPolicies() {
  const text = $("policy-text").value.trim().toLowerCase();
  const found = view.policies.filter(({ kind, row }) => text === ""
    || [kind, row.name, row.access, row.rateLimit, row.cache, ...row.scopes, ...row.roles]
      .some((value) => String(value || "").toLowerCase().includes(text)));
  view.policyCells.clear();
  replace("policy-rows", found.slice(0, MAX_POLICIES).map(policyRow),
    (view.policies.length === 0) ? "The server offers nothing yet." : "Nothing matches.");
  $("policy-count").textContent = (found.length > MAX_POLICIES)
    ? `the first ${MAX_POLICIES} of ${number(found.length)}: find the others by name`
    : `${number(found.length)} of ${number(view.policies.length)}`;
}

function policyRow({ kind, row }) {
  const made = element("tr");
  const who = element("div");
  if (row.access === "public") {
    who.append(element("span", "tag stop", "public"));
  }
  row.scopes.forEach((scope) => who.append(element("span", "tag", scope)));
  row.roles.forEach((role) => who.append(element("span", "tag", `role ${role}`)));
  if (!who.hasChildNodes()) {
    who.append(element("span", "muted", "any caller"));
  }
  const marks = element("div");
  const mark = (text, className) => marks.append(element("span", `tag ${className || ""}`, text));
  if (row.confirm) {
    mark("asks first");
    marks.lastChild.title = row.confirm;
  }
  if (row.idempotent) {
    mark("once only");
  }
  if (!row.interruptible) {
    mark("not interrupted");
  }
  if (row.maxConcurrency) {
    mark(`${row.maxConcurrency} at once`);
  }
  if (row.sensitive && row.sensitive.length > 0) {
    mark("not on record");
    marks.lastChild.title = row.sensitive.join(", ");
  }
  if (row.deprecated) {
    mark((row.deprecated.removal) ? `until ${row.deprecated.removal}` : "deprecated", "stop");
  }
  const limit = [row.rateLimit, (row.cost > 1) ? `costs ${row.cost}` : null].filter(Boolean).join(", ");
  const breaker = cell("Breaker", "", row.breaker && element("span", `tag ${breakerLevel(row.breaker.state)}`,
    row.breaker.state));
  const calls = cell("Calls", "number", number((row.figures) ? row.figures.calls : 0));
  const failed = cell("Failed", "number", number((row.figures) ? row.figures.failures : 0));
  const p95 = cell("p95", "number", millis((row.figures) ? row.figures.p95Millis : 0));
  view.policyCells.set(`${counted(kind)} ${row.name}`, { breaker, calls, failed, p95 });
  made.append(cell("Name", "", wrapped(isolated(row.name, "name"), element("div", "sub", kind))), cell("Who may", "", who),
    cell("Limit", "", limit), cell("Timeout", "", row.timeout), cell("Cache", "", row.cache || ""),
    cell("Marks", "", marks.hasChildNodes() ? marks : ""), breaker, calls, failed, p95);
  return made;
}

function counted(kind) {
  return (kind === "template") ? "RESOURCE" : kind.toUpperCase();
}

function updatePolicies(figures) {
  for (const target of figures.targets) {
    const cells = view.policyCells.get(`${target.kind} ${target.name}`);
    if (cells) {
      cells.calls.textContent = number(target.calls);
      cells.failed.textContent = number(target.failures);
      cells.p95.textContent = millis(target.p95Millis);
    }
  }
  for (const breaker of figures.breakers) {
    const cells = view.policyCells.get(`${breaker.kind} ${breaker.target}`);
    if (cells) {
      cells.breaker.classList.remove("none");
      cells.breaker.replaceChildren(element("span", `tag ${breakerLevel(breaker.state)}`, breaker.state));
    }
  }
}

function takePolicies(policies) {
  view.policies = ["tool", "prompt", "resource", "template"].flatMap((kind) => policies[kind]
    .map((row) => ({ kind, row })));
  showPolicies();
}

function showServer(server) {
  view.server = server;
  $("server-name").textContent = server.name || "MCP server";
  $("server-version").textContent = server.version;
  $("server-url").textContent = server.url;
  document.title = `${server.name || "MCP server"} \u2013 MCP console`;
  const list = $("facts");
  list.replaceChildren();
  const add = (title, value) => list.append(element("dt", "", title), element("dd", "", value));
  add("Path", server.path || "/");
  add("Authentication", server.authentication);
  add("Revisions", server.revisions.join(", "));
  add("Sessions", (server.sessions.enabled) ? `up to ${number(server.sessions.max)}` : "none, stateless");
  add("Calls pass", [...server.guards, "target"].map(words).join(" \u2192 "));
  add("State is kept", Object.entries(server.stores).map(([what, where]) => `${what} in ${where}`).join(", "));
  const state = server.keys.requestState;
  add("Request-state keys", (state.configured > 0) ? `${state.configured} configured, in use here for ${
    duration(state.inUseSeconds)}` : `generated ${duration(state.inUseSeconds)} ago`);
  for (const issuer of server.keys.issuers) {
    add(`Keys of ${issuer.issuer}`, ((issuer.ageSeconds === null || issuer.ageSeconds === undefined)
      ? "not read yet" : `${issuer.keys}, read ${duration(issuer.ageSeconds)} ago`)
      + ((issuer.failing) ? ", cannot be read at the moment" : ""));
  }
}

function take(message) {
  if (message.server) {
    showServer(message.server);
    const newest = (message.events.length > 0) ? message.events[message.events.length - 1].number : 0;
    if (newest < view.lastEvent) {
      // Another replica, or the same one started anew
      view.events.forEach((one) => one.rows.forEach((row) => row.remove()));
      view.events = [];
      view.lastEvent = 0;
      view.missed = 0;
    }
  }
  if (message.policies) {
    takePolicies(message.policies);
  }
  view.missed += message.missed || 0;
  if (message.events) {
    addEvents(message.events, !message.server);
  }
  if (message.figures) {
    showFigures(message.figures);
  }
}

function receive(message) {
  if (!view.paused) {
    take(message);
  }
  else if (message.server || !view.waiting) {
    view.waiting = message;
  }
  else {
    // All of it is shown later, as one message
    const events = [...(view.waiting.events || []), ...(message.events || [])].slice(-MAX_EVENTS);
    const missed = (view.waiting.missed || 0) + (message.missed || 0);
    view.waiting = { ...view.waiting, ...message, events, missed };
  }
}

function connection(state, text) {
  const pill = $("connection");
  if (pill.textContent !== text) {
    pill.textContent = text;
  }
  pill.dataset.state = state;
}

let source = null;
let again = null;
let attended = Date.now();

function isUnattended() {
  return Date.now() - attended > UNATTENDED_MILLIS;
}

function rest() {
  clearTimeout(again);
  source.close();
  source = null;
  connection("lost", "Resting: nobody was here for 15 minutes. Move or press a key to go on");
}

function attend() {
  attended = Date.now();
  if (source === null) {
    connection("wait", "Reconnecting");
    connect();
  }
}

function connect() {
  clearTimeout(again);
  source = new EventSource(`${location.pathname.replace(/\/+$/, "")}/events${location.search}`);
  source.addEventListener("message", (event) => {
    const message = JSON.parse(event.data);
    connection((view.paused) ? "held" : "live", (view.paused) ? "Paused" : "Live");
    receive(message);
    if (isUnattended()) {
      rest();
    }
  });
  source.addEventListener("error", () => {
    if (isUnattended()) {
      rest();
    }
    else if (source.readyState === EventSource.CLOSED) {
      // Refused: the login is over, or too many pages are open
      connection("lost", "Not connected: log in again, or wait");
      again = setTimeout(connect, 15000);
    }
    else {
      connection("wait", "Reconnecting");
    }
  });
}

$("pause").addEventListener("click", () => {
  view.paused = !view.paused;
  $("pause").setAttribute("aria-pressed", String(view.paused));
  $("pause").textContent = (view.paused) ? "Resume" : "Pause";
  connection((view.paused) ? "held" : "live", (view.paused) ? "Paused" : "Live");
  if (!view.paused && view.waiting) {
    take(view.waiting);
    view.waiting = null;
  }
});

for (const type of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
  document.addEventListener(type, attend, { passive: true });
}

for (const id of ["audit-filters", "policy-filters"]) {
  $(id).addEventListener("submit", (event) => event.preventDefault());
}
$("audit-filters").addEventListener("input", filterEvents);
$("policy-filters").addEventListener("input", showPolicies);

replace("events", [], "Nothing has been recorded since the start. Audit events come here as they are delivered.");
replace("running", [], "Nothing is being called just now.");
connect();
