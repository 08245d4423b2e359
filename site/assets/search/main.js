// The search box in the header: shows what the index has on the words in it, below the box and in groups, and lets it be
// narrowed. Whatever a result says is put in as text, never as markup.
//
// Nothing but this file is loaded before the box is used.

const FACETS = ["kind", "state", "grade", "category"];
const FEW = 4;

const form = document.querySelector("[data-cl-search]");
const words = form.dataset;
const input = form.querySelector("input");
const panel = form.querySelector(".cl-found");
const facets = form.querySelector(".cl-facets");
const count = form.querySelector(".cl-count");
const list = form.querySelector(".cl-results");
const { lang } = document.documentElement;

let opening;
let latest = 0;

// The index as it is now: where the site was built again while this page is open, its parts have other names.
async function index() {
  const { Index, parts } = await import("./index.js");
  const text = await parts(lang);
  const last = opening;
  const known = await last?.catch(() => undefined);
  if (known?.text === text) return known;
  if (opening === last) {
    forget();
    opening = Index.open(lang, text).then(begin);
  }
  return opening;
}

function forget() {
  opening?.then((index) => index.close()).catch(() => undefined);
  opening = undefined;
}

async function begin(index) {
  await index.more();
  if (!facets.children.length) facets.append(...FACETS.map((name) => facet(name, index.labels[name])));
  return index;
}

function facet(name, labels) {
  const label = document.createElement("label");
  const select = document.createElement("select");
  select.name = name;
  select.append(new Option(words.any, ""), ...Object.entries(labels).map(([value, said]) => new Option(said, value)));
  label.append(words[name], select);
  return label;
}

function chosen() {
  const selects = [...facets.querySelectorAll("select")].filter((select) => select.value);
  return Object.fromEntries(selects.map((select) => [select.name, select.value]));
}

async function answer(made, method, query, filters) {
  const { Group } = await import("./results.js");
  const { kind: names, state: states } = made.labels;
  const kinds = Object.keys(names).filter((kind) => !filters.kind || filters.kind === kind);
  const found = await made[method](query, kinds, filters);
  const said = { states, more: words.more, failed: search };
  const groups = kinds.map((kind, i) => new Group(names[kind], found[i], query, said));
  await Promise.all(groups.map((group) => group.more(FEW)));
  return groups.filter((group) => group.count);
}

// Shows at once what a number names, else first what the newest cases and the pages have, or what lists have of older cases
// if these have nothing; and completes it from the older cases.
async function search() {
  const query = input.value.trim();
  const filters = chosen();
  const round = ++latest;
  open(true);
  if (!query && !Object.keys(filters).length) {
    show([], query, words.type);
    return;
  }
  count.textContent = words.searching;
  for (const last of [false, true]) {
    try {
      await ask(query, filters, round);
      return;
    } catch (error) {
      if (round !== latest) return;
      forget();
      if (!last) continue; // the site may have been built again at this moment
      count.textContent = words.failed;
      throw error;
    }
  }
}

async function ask(query, filters, round) {
  const made = await index();
  const { number } = await import("./text.js");
  const listed = async () => {
    const found = await answer(made, "listed", query, filters);
    if (round === latest && found.length) fill(found);
    return counted(found);
  };
  let known = number(query) ? await listed() : undefined;
  if (round !== latest) return;
  await made.near(query);
  for (;;) {
    const found = await answer(made, "find", query, filters);
    if (round !== latest) return;
    const total = counted(found);
    if (!made.rest) {
      show(found, query, ({ 0: words.none, 1: words.one }[total] ?? words.many).replace("{n}", total));
      return;
    }
    if (total && total >= (known ?? 0)) fill(found);
    if (!total) known ??= await listed();
    if (round !== latest) return;
    await made.more();
  }
}

function counted(groups) {
  return groups.reduce((sum, group) => sum + group.count, 0);
}

function show(found, query, said) {
  fill(found);
  count.textContent = said;
  count.dataset.query = query;
}

// The results anew; a link that has the focus keeps it.
function fill(found) {
  const { href } = list.contains(document.activeElement) ? document.activeElement : {};
  list.replaceChildren(...found.map((group) => group.section));
  if (href) [...list.querySelectorAll("a")].find((link) => link.href === href)?.focus();
}

function open(wanted) {
  panel.hidden = !wanted;
}

let waiting;
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
});
input.addEventListener("focus", () => {
  open(true);
  index().catch(() => undefined); // a search will say so
});
facets.addEventListener("change", search);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  list.querySelector("a")?.click();
});

form.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    open(false);
    input.blur();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (event.target.nodeName === "SELECT") return;
  event.preventDefault();
  const stops = [input, ...list.querySelectorAll("a")];
  const place = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  stops[Math.max(0, Math.min(place, stops.length - 1))].focus();
});

document.addEventListener("click", (event) => {
  if (!form.contains(event.target)) open(false);
});
form.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !form.contains(event.relatedTarget)) open(false);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" || event.key === "s") {
    event.preventDefault();
    input.focus();
    input.select();
  }
});
