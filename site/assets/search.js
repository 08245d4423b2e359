// The search box in the header: asks the index (Pagefind), shows what it finds below the box in groups, and lets it be
// narrowed. Whatever a result says is put in as text, never as markup.
//
// The index has parts: the pages of this language, and the cases, the newest first. The first answer comes from the pages
// and the newest cases; the older parts are loaded behind it, and the answer is completed.

const top = new URL("../../", import.meta.url);
const FACETS = ["kind", "state", "grade", "category"];
const STEP = 10;
const FEW = 4;

const form = document.querySelector("[data-cl-search]");
const words = JSON.parse(form.dataset.words);
const input = form.querySelector("input");
const panel = form.querySelector(".cl-found");
const facets = form.querySelector(".cl-facets");
const count = form.querySelector(".cl-count");
const list = form.querySelector(".cl-results");

let loading;
let completing;
let latest = 0;
let known;

function index() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load() {
  const { lang } = document.documentElement;
  const answer = await fetch(new URL(`search/${lang}.json`, top), { cache: "no-cache" });
  known = await answer.json();
  const pagefind = await import(new URL(`${known.prose}pagefind.js`, top));
  // Pagefind cuts a query as the page's language asks for; the index is made as if all were English.
  document.documentElement.lang = "en";
  const made = pagefind.createInstance({ baseUrl: new URL(`${lang}/`, top).pathname });
  document.documentElement.lang = lang;
  await Promise.all(known.cases.slice(0, 1).map((part) => merge(made, part)));
  if (!facets.children.length) buildFacets();
  return made;
}

function merge(made, part) {
  return made.mergeIndex(new URL(part, top).href, { baseUrl: new URL(`${document.documentElement.lang}/`, top).pathname });
}

// Loads the older parts.
function complete(made) {
  completing ??= Promise.all(known.cases.slice(1).map((part) => merge(made, part)));
  return completing;
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function buildFacets() {
  for (const name of FACETS) {
    const select = element("select");
    select.name = name;
    const options = Object.entries(known.labels[name]).map(([value, label]) => new Option(label, value));
    select.append(new Option(words.any, ""), ...options);
    const label = element("label", words[name]);
    label.append(select);
    facets.append(label);
  }
}

function chosen() {
  const selects = [...facets.querySelectorAll("select")].filter((select) => select.value);
  return Object.fromEntries(selects.map((select) => [select.name, select.value]));
}

// The index holds text without spaces pair by pair, and the last part of a number again (tools/caseledger/site/casecopy.py):
// "拉链坏" is "拉链 链坏 坏", "C-20261103-7K3QD" is "C-20261103-7K3QD 7K3QD".
const SIGN = "[々〆\\u3040-\\u30ff\\u31f0-\\u31ff㐀-䶿一-鿿가-힣豈-\\ufaff\\u{20000}-\\u{3ffff}]";
const RUN = new RegExp(`${SIGN}+`, "gu");
const WORD = new RegExp(`${SIGN}+|(?:(?!${SIGN})[\\p{L}\\p{N}\\p{M}])+`, "gu");
const NUMBER = /(?=[\p{L}._/-]*\p{N})[\p{L}\p{N}]+(?:[._/-][\p{L}\p{N}]+)+/gu;
const SEAM = new RegExp(`(${SIGN}) \\1`, "gu");
const TAIL = /(-([0-9A-Z]{5,})) \2(?![0-9A-Za-z])/g;

const STOP = / ?([\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01-\uff0f\uff1a-\uff1f]) ?/g;

function joined(text) {
  return text.replace(SEAM, "$1").replace(TAIL, "$1").replace(STOP, "$1");
}

// What is written without spaces must stand in a page sign by sign; of other words, all must occur.
function terms(query) {
  if (/^".+"$/.test(query)) return [query.replace(RUN, pairs)];
  const runs = query.match(RUN) ?? [];
  const rest = query.replace(RUN, " ").trim();
  return [...(rest ? [rest] : []), ...runs.map((run) => (run.length > 1 ? `"${pairs(run)}"` : run))];
}

function pairs(run) {
  const signs = [...run];
  return signs.length === 1 ? run : signs.slice(1).map((sign, i) => signs[i] + sign).join(" ");
}

// What there is of a kind of page.
async function find(made, query, filters) {
  if (!query) return (await made.search(null, { filters })).results;
  const found = await Promise.all(terms(query).map((term) => made.search(term, { filters })));
  const [first, ...others] = found.map(({ results }) => results);
  const ids = others.map((other) => new Set(other.map((result) => result.id)));
  return first.filter((result) => ids.every((others) => others.has(result.id)));
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// What must stand in a result: signs and numbers as they are, of other words all but an ending.
function stems(query) {
  const numbers = query.match(NUMBER) ?? [];
  return [...numbers, ...(query.replace(NUMBER, " ").match(WORD) ?? [])].map((word) => {
    const whole = /\p{N}/u.test(word) || word.match(RUN);
    return whole ? word : word.slice(0, Math.max(3, word.length - 3));
  });
}

// Where a part of the index does not have a word, Pagefind answers with pages that hold its first letters. That is welcome
// for "zips" and "zip", but a number must be that number.
function guessed(found, query) {
  const text = folded(joined(`${found.meta.title} ${found.content}`));
  return stems(folded(query)).some((stem) => !text.includes(stem));
}

// An excerpt comes as HTML; its text alone is taken, and the words that were asked for are marked in it.
function excerpt(html, query) {
  const text = joined(new DOMParser().parseFromString(html, "text/html").body.textContent);
  const wanted = stems(query).map((stem) => (stem.match(RUN) ? stem : `${stem}[\\p{L}\\p{N}]*`));
  const line = element("p");
  if (!wanted.length) {
    line.textContent = text;
    return line;
  }
  text.split(new RegExp(`(${wanted.join("|")})`, "giu")).forEach((part, i) => {
    line.append(i % 2 ? element("mark", part) : part);
  });
  return line;
}

// A result leads to the case, or to the part of a policy or guide that holds the words.
function entry(found, query) {
  const part = found.meta.case ? undefined : found.sub_results.find((result) => result.url.includes("#"));
  const link = element("a");
  link.href = part?.url ?? found.url;
  const title = part && part.title !== found.meta.title ? `${found.meta.title} · ${part.title}` : found.meta.title;
  link.append(element("b", joined(title)), excerpt((part ?? found).excerpt, query));
  const about = [found.meta.case, known.labels.state[found.meta.state], found.meta.day].filter(Boolean).join(" · ");
  if (about) link.append(element("small", joined(about)));
  const item = element("li");
  item.append(link);
  return item;
}

// One kind of page with what was found of it: a heading, the best of them, and a button for more.
class Group {
  constructor(kind, results, query) {
    this.results = results;
    this.query = query;
    this.next = 0;
    this.count = results.length;
    this.section = element("section");
    this.heading = element("h2");
    this.list = element("ol");
    this.button = element("button", words.more, "cl-more");
    this.button.type = "button";
    this.button.addEventListener("click", () => this.more(STEP));
    this.name = known.labels.kind[kind];
    this.section.append(this.heading, this.list, this.button);
  }

  // Adds so many results; those that are only guessed are passed over.
  async more(wanted) {
    while (wanted > 0 && this.next < this.results.length) {
      const some = this.results.slice(this.next, this.next + wanted);
      this.next += some.length;
      const data = await Promise.all(some.map((result) => result.data()));
      const fit = data.filter((found) => !guessed(found, this.query));
      this.list.append(...fit.map((found) => entry(found, this.query)));
      this.count -= some.length - fit.length;
      wanted -= fit.length;
      if (!this.list.children.length) this.count = 0; // the best of them is not it, so none is
      if (!fit.length) this.next = this.results.length;
    }
    this.heading.textContent = `${this.name} ${this.count}`;
    this.button.hidden = this.next >= this.results.length;
  }
}

async function answer(made, query, filters) {
  const kinds = Object.keys(known.labels.kind).filter((kind) => !filters.kind || filters.kind === kind);
  const found = await Promise.all(
    kinds.map(async (kind) => new Group(kind, await find(made, query, { ...filters, kind }), query)),
  );
  await Promise.all(found.map((group) => group.more(FEW)));
  return found.filter((group) => group.count);
}

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
  try {
    const made = await index();
    if (!completing && known.cases.length > 1) {
      const first = await answer(made, query, filters);
      if (round !== latest) return;
      if (first.length) list.replaceChildren(...first.map((group) => group.section));
    }
    await complete(made);
    const found = await answer(made, query, filters);
    if (round !== latest) return;
    const total = found.reduce((sum, group) => sum + group.count, 0);
    show(found, query, ({ 0: words.none, 1: words.one }[total] ?? words.many).replace("{n}", total));
  } catch (error) {
    count.textContent = words.failed;
    throw error;
  }
}

function show(found, query, said) {
  list.replaceChildren(...found.map((group) => group.section));
  count.textContent = said;
  count.dataset.query = query;
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
  index();
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

// Switching the language keeps the place on the page.
for (const link of document.querySelectorAll(".cl-languages a")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}
