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
    // Pagefind cuts a query as the page's language asks for; the index is made as if all were English.
    const { lang } = document.documentElement;
    document.documentElement.lang = "en";
    const made = pagefind.createInstance();
    document.documentElement.lang = lang;
    buildFacets(await made.filters());
    return made;
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
    select.append(new Option(words.any, ""), ...Object.keys(known[name]).map((value) => new Option(joined(value), value)));
    const label = element("label", words[name]);
    label.append(select);
    facets.append(label);
  }
}

function chosen() {
  const selects = [...facets.querySelectorAll("select")].filter((select) => select.value);
  return Object.fromEntries(selects.map((select) => [select.name, select.value]));
}

// The index holds text without spaces pair by pair, and the last part of a number again (tools/caseledger/site/search.py):
// "拉链坏" is "拉链 链坏 坏", "C-20261103-7K3QD" is "C-20261103-7K3QD 7K3QD".
const SIGN = "[々〆\\u3040-\\u30ff\\u31f0-\\u31ff㐀-䶿一-鿿가-힣豈-\\ufaff\\u{20000}-\\u{3ffff}]";
const RUN = new RegExp(`${SIGN}+`, "gu");
const WORD = new RegExp(`${SIGN}+|(?:(?!${SIGN})[\\p{L}\\p{N}\\p{M}])+`, "gu");
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

async function find(query, filters) {
  const made = await index();
  if (!query) return (await made.search(null, { filters })).results;
  const found = await Promise.all(terms(query).map((term) => made.search(term, { filters })));
  const [first, ...others] = found.map(({ results }) => results);
  const ids = others.map((other) => new Set(other.map((result) => result.id)));
  const common = first.filter((result) => ids.every((known) => known.has(result.id)));
  return common.length && guessed(await common[0].data(), query) ? [] : common;
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// What must stand in a result: signs and numbers as they are, of other words all but an ending.
function stems(query) {
  return (query.match(WORD) ?? []).map((word) => {
    const whole = /\p{N}/u.test(word) || word.match(RUN);
    return whole ? word : word.slice(0, Math.max(3, word.length - 3));
  });
}

// Where a word is nowhere, Pagefind answers with pages that hold its first letters. That is welcome for "zips" and "zip",
// but a number must be that number. The best result tells: what it lacks, the others lack too.
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
  const about = [found.meta.case, found.meta.state, found.meta.day].filter(Boolean).join(" · ");
  if (about) link.append(element("small", joined(about)));
  const item = element("li");
  item.append(link);
  return item;
}

async function more() {
  const round = latest;
  const query = input.value;
  const next = results.slice(list.children.length, list.children.length + STEP);
  const data = await Promise.all(next.map((result) => result.data()));
  if (round !== latest) return;
  list.append(...data.map((found) => entry(found, query)));
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
    const found = await find(query, filters);
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
