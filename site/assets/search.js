// The search box in the header: asks the index that lies beside the pages of this language (Pagefind), shows what it
// finds below the box, and lets it be narrowed. Whatever a result says is put in as text, never as markup.

const bundle = new URL("../pagefind/pagefind.js", import.meta.url);
const FACETS = ["kind", "state", "grade", "category"];
const STEP = 10;

const form = document.querySelector("[data-cl-search]");
const words = JSON.parse(form.dataset.words);
const input = form.querySelector("input");
const panel = form.querySelector(".cl-found");
const facets = form.querySelector(".cl-facets");
const count = form.querySelector(".cl-count");
const list = form.querySelector(".cl-results");
const button = form.querySelector(".cl-more");

let loading;
let latest = 0;
let results = [];

function index() {
  loading ??= import(bundle).then(async (pagefind) => {
    await pagefind.init();
    buildFacets(await pagefind.filters());
    return pagefind;
  });
  return loading;
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function buildFacets(known) {
  for (const name of FACETS.filter((facet) => known[facet])) {
    const select = element("select");
    select.name = name;
    select.append(new Option(words.any, ""), ...Object.keys(known[name]).map((value) => new Option(value)));
    const label = element("label", words[name]);
    label.append(select);
    facets.append(label);
  }
}

function chosen() {
  const selects = [...facets.querySelectorAll("select")].filter((select) => select.value);
  return Object.fromEntries(selects.map((select) => [select.name, select.value]));
}

// An excerpt comes as escaped HTML with <mark>; only its text and its marks are taken over.
function excerpt(html) {
  const line = element("p");
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  for (const node of parsed.childNodes) {
    line.append(node.nodeName === "MARK" ? element("mark", node.textContent) : node.textContent);
  }
  return line;
}

// A result leads to the case, or to the part of a policy or guide that holds the words.
function entry(found) {
  const part = found.meta.case ? undefined : found.sub_results.find((result) => result.url.includes("#"));
  const link = element("a");
  link.href = part?.url ?? found.url;
  const title = part && part.title !== found.meta.title ? `${found.meta.title} · ${part.title}` : found.meta.title;
  link.append(element("b", title), excerpt((part ?? found).excerpt));
  const about = [found.meta.case, found.meta.state, found.meta.day].filter(Boolean).join(" · ");
  if (about) link.append(element("small", about));
  const item = element("li");
  item.append(link);
  return item;
}

// Where a word is nowhere, Pagefind answers with pages that hold its first letters. That is welcome for "zips" and "zip",
// but a number must be that number. The best result tells: what it lacks, the others lack too.
function guessed(found, query) {
  const text = folded(`${found.meta.title} ${found.content}`);
  return (folded(query).match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => {
    if (/\p{Script=Han}/u.test(word)) return [...word].some((sign) => !text.includes(sign));
    return !text.includes(/\p{N}/u.test(word) ? word : word.slice(0, Math.max(3, word.length - 3)));
  });
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

async function more() {
  const round = latest;
  const next = results.slice(list.children.length, list.children.length + STEP);
  const data = await Promise.all(next.map((result) => result.data()));
  if (round !== latest) return;
  list.append(...data.map(entry));
  button.hidden = list.children.length >= results.length;
}

async function search() {
  const query = input.value.trim();
  const filters = chosen();
  const round = ++latest;
  open(true);
  if (!query && !Object.keys(filters).length) {
    show(query, [], words.type);
    return;
  }
  count.textContent = words.searching;
  try {
    const pagefind = await index();
    let found = (await pagefind.search(query || null, { filters })).results;
    if (found.length && guessed(await found[0].data(), query)) found = [];
    if (round !== latest) return;
    const template = { 0: words.none, 1: words.one }[found.length] ?? words.many;
    await show(query, found, template.replace("{n}", found.length));
  } catch (error) {
    count.textContent = words.failed;
    throw error;
  }
}

async function show(query, found, said) {
  results = found;
  list.replaceChildren();
  await more();
  count.textContent = said;
  count.dataset.query = query;
}

function open(wanted) {
  panel.hidden = !wanted;
  input.setAttribute("aria-expanded", String(wanted));
}

let waiting;
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
});
input.addEventListener("focus", () => {
  open(true);
  index();
});
facets.addEventListener("change", search);
button.addEventListener("click", more);
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

// Switching the language keeps the place on the page.
for (const link of document.querySelectorAll(".cl-languages a")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}
