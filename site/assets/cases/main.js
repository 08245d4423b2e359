// The table of cases: loads the years, newest first, and keeps what is shown in step with the address, so that a link
// shows another person the same cases. Whatever a case says is put in as text, never as markup.

import { csv, download } from "./csv.js";
import { Facet } from "./facets.js";
import { Grid, element } from "./grid.js";
import { Store } from "./store.js";

const place = document.querySelector("[data-cl-cases]");
const settings = JSON.parse(place.dataset.clCases);
const { facets, labels, titles, words } = settings;
const store = new Store(settings.groups);
const collator = new Intl.Collator(settings.language, { numeric: true });
const regions = new Intl.DisplayNames([settings.language], { type: "region", fallback: "code" });

let view = read();
let rows = [];
let order = [];
let ordered = "";

// --- words ---

function label(facet, value) {
  if (value === "") return words.none;
  if (facet === "market") return market(value);
  const known = labels[facet] ?? {};
  if (Object.hasOwn(known, value)) return known[value];
  const [first, rest] = facet === "language" ? [value.split("-")[0], ""] : split(value);
  return Object.hasOwn(known, first) ? `${known[first]}${rest}` : value;
}

function market(code) {
  const name = /^[A-Z]{2}$/.test(code) ? regions.of(code) : code;
  return name === code ? code : `${code} ${name}`;
}

// "supplier S-017": a kind that has a label, and a name.
function split(value) {
  const end = value.indexOf(" ");
  return end < 0 ? [value, ""] : [value.slice(0, end), value.slice(end)];
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function number(value) {
  return value.toLocaleString("en").replaceAll(",", " ");
}

// --- the address ---

function read() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const chosen = new Map();
  for (const facet of Object.keys(facets)) {
    if (asked.has(facet)) chosen.set(facet, new Set(asked.getAll(facet)));
  }
  const sort = asked.get("sort") ?? "-day";
  const column = sort.replace(/^-/, "");
  const known = Object.hasOwn(settings.columns, column) ? column : "day";
  return { chosen, query: asked.get("q") ?? "", column: known, down: sort.startsWith("-") };
}

function address() {
  const asked = new URLSearchParams();
  if (view.query) asked.set("q", view.query);
  for (const [facet, values] of view.chosen) for (const value of values) asked.append(facet, value);
  if (view.column !== "day" || !view.down) asked.set("sort", `${view.down ? "-" : ""}${view.column}`);
  return asked.toString();
}

function change(changes) {
  view = { ...view, ...changes };
  const hash = address();
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  update();
}

// --- what is shown ---

function update(top = 0) {
  const key = `${view.column} ${view.down} ${store.size}`;
  if (key !== ordered) {
    order = store.sorted(view.column, view.down, (column) => (a, b) => compare(column, a, b));
    ordered = key;
  }
  rows = store.matching(order, view.chosen, view.query);
  grid.show(rows, view.column, view.down, top);
  for (const [name, facet] of lists) facet.set(view.chosen.get(name) ?? new Set());
  const complete = store.size === settings.total;
  const said = complete ? words.found : words.loading;
  status.textContent = filled(said, { n: number(complete ? rows.length : store.size), total: number(settings.total) });
  empty.hidden = rows.length > 0 || !complete;
  if (input !== document.activeElement) input.value = view.query;
  chips();
}

// Values in the order of the labels where there is one, else as a reader sorts them.
function compare(column, a, b) {
  if (column === "due") return a < b ? -1 : 1;
  const known = Object.keys(labels[column] ?? {});
  const [first, second] = [known.indexOf(a), known.indexOf(b)];
  return first >= 0 && second >= 0 ? first - second : collator.compare(label(column, a), label(column, b));
}

function values(facet) {
  const counts = store.counts(facet, view.chosen, view.query);
  for (const value of view.chosen.get(facet) ?? []) if (!counts.has(value)) counts.set(value, 0);
  const found = [...counts].map(([value, count]) => ({ value, label: label(facet, value), count }));
  const newest = ["month", "decided", "ended", "visited", "paid"].includes(facet);
  if (newest) return found.sort((a, b) => (a.value < b.value ? 1 : -1));
  if (facet in labels && facet !== "party") return found.sort((a, b) => compare(facet, a.value, b.value));
  return found.sort((a, b) => b.count - a.count || collator.compare(a.label, b.label));
}

function chips() {
  const made = [];
  for (const [facet, chosen] of view.chosen) {
    for (const value of chosen) {
      const name = `${facets[facet]}: ${label(facet, value)}`;
      const button = element("button", "cl-chip", { type: "button", "aria-label": filled(words.remove, { name }) });
      button.textContent = `${name} ×`;
      button.addEventListener("click", () => choose(facet, new Set([...chosen].filter((one) => one !== value))));
      made.push(button);
    }
  }
  if (made.length) {
    const button = element("button", "cl-chip cl-chip-all", { type: "button" });
    button.textContent = words.clear;
    button.addEventListener("click", () => change({ chosen: new Map(), query: "" }));
    made.push(button);
  }
  chosen.replaceChildren(...made);
}

function choose(facet, values) {
  const next = new Map(view.chosen);
  if (values.size) next.set(facet, values);
  else next.delete(facet);
  change({ chosen: next });
}

// --- cells ---

function url(row) {
  const id = store.id[row];
  return `${settings.base}cases/${id.slice(2, 6)}/${id.slice(6, 8)}/${id}.html`;
}

function said(name, row) {
  if (name === "case") return store.id[row];
  if (name === "summary" || name === "due") return store[name][row];
  if (name === "breaches") return store.breaches[row];
  const next = store.deadline(row);
  const place = ["status", "kept", "clock", "department"].indexOf(name);
  const value = place < 0 ? store.value(row, name) : (next?.[place] ?? "");
  const own = titles[store.value(row, "policy")]?.[name];
  if (own && Object.hasOwn(own, value)) return own[value];
  return value && label(name, value);
}

function tag(kind, name, text) {
  const made = element("span", `${kind} cl-${name}`);
  made.textContent = text;
  return made;
}

function line(className, text) {
  const made = element("span", className);
  made.textContent = text;
  return made;
}

const FILL = {
  case(cell, row) {
    const link = element("a", "cl-case-link", { href: url(row) });
    link.textContent = store.id[row];
    const text = element("span", "cl-summary", { dir: "auto" });
    text.textContent = store.summary[row];
    cell.append(link, text);
  },
  state(cell, row) {
    const state = store.value(row, "state");
    cell.append(tag("cl-state", `state-${state}`, label("state", state)));
    if (store.value(row, "outcome")) cell.append(line("cl-soft", said("outcome", row)));
  },
  due(cell, row) {
    const next = store.deadline(row);
    if (next) {
      cell.append(tag("cl-status", next[0], label("status", next[0])), " ", line("cl-soft", store.due[row]));
      cell.append(line("cl-under", label("clock", next[2])));
    } else if (store.breaches[row]) {
      cell.append(line("cl-soft", filled(words.breaches, { n: store.breaches[row] })));
    }
  },
};

function fill(name, cell, row) {
  if (FILL[name]) FILL[name](cell, row);
  else cell.append(line(`cl-line cl-line-${name}`, said(name, row)));
}

// --- the parts of the page ---

const cells = settings.cells.map((names) => names.map((name) => ({ name, title: settings.columns[name] })));
const grid = new Grid(cells, words.table, fill, (name) => {
  const down = view.column === name ? !view.down : false;
  change({ column: name, down });
});

const lists = new Map(
  Object.entries(facets).map(([name, title]) => [
    name,
    new Facet(title, words, () => values(name), (chosen) => choose(name, chosen)),
  ]),
);

const input = element("input", "cl-words-input", { type: "search", "aria-label": words.search, maxlength: 200 });
input.placeholder = words.search;
let waiting;
input.addEventListener("focus", () => store.searchable()); // takes a moment once, before anything is typed
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => change({ query: input.value }), 120);
});

const button = element("button", "cl-csv", { type: "button" });
button.textContent = words.csv;
button.addEventListener("click", () => {
  const all = { ...settings.columns, ...settings.csv };
  const lines = Array.from(rows, (row) => Object.keys(all).map((name) => said(name, row)));
  download(`${words.file}-${new Date().toISOString().slice(0, 10)}.csv`, csv([Object.values(all), ...lines]));
});

const status = element("p", "cl-table-count", { role: "status" });
const empty = element("p", "cl-soft");
empty.textContent = words.nothing;
empty.hidden = true;
const chosen = element("p", "cl-chips");

function build() {
  const bar = element("div", "cl-filters", { role: "group", "aria-label": words.filter });
  const all = [...lists.values()].map((facet) => facet.box);
  const more = element("button", "cl-more-facets", { type: "button", "aria-expanded": "false" });
  more.textContent = words.more;
  const rest = all.slice(settings.usual);
  const shown = [...view.chosen.keys()].some((facet) => Object.keys(facets).indexOf(facet) >= settings.usual);
  const open = (wanted) => {
    for (const box of rest) box.hidden = !wanted;
    more.setAttribute("aria-expanded", String(wanted));
  };
  more.addEventListener("click", () => open(more.getAttribute("aria-expanded") === "false"));
  open(shown);
  bar.append(input, ...all.slice(0, settings.usual), more, ...rest);
  const line = element("div", "cl-table-line");
  line.append(status, button);
  place.replaceChildren(bar, chosen, line, empty, grid.box);
  document.addEventListener("click", (event) => {
    for (const box of all) if (box.open && !box.contains(event.target)) box.open = false;
  });
}

async function load(file) {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return answer.json();
}

// The newest year is shown as soon as it is there; only then the others are asked for.
async function start() {
  const [first, ...others] = settings.files;
  const top = history.state?.top ?? 0;
  store.add(await load(first));
  build();
  update(top);
  const loading = others.map(load);
  for (const one of loading) one.catch(() => {});
  for (const one of loading) store.add(await one);
  if (others.length) update(grid.box.scrollTop || top);
}

window.addEventListener("hashchange", () => {
  view = read();
  update();
});
window.addEventListener("pagehide", () => history.replaceState({ top: grid.box.scrollTop }, ""));

start().catch((error) => {
  const note = element("p", "cl-note");
  note.textContent = words.failed;
  place.prepend(note);
  throw error;
});
