// Asks the index (Pagefind). It has parts: the pages of one language, and the cases, the newest first; a search box loads
// as many as it needs. The list of the parts says which of them belong together.

import { holds, listable, number, terms } from "./text.js";

const TOP = new URL("../../../", import.meta.url);
const STEPS = [1, 4]; // how many parts of cases are loaded first, and next; then the rest
const MANY = 1000; // of more results the newest come first: nobody reads them all, and ranking them takes long
const SOME = 12; // terms of a query of which the rarest is looked for
const NUMBER = /\bC-(\d{4})(\d{2})\d{2}\b/i;

// The list of the parts for a language, as text.
export async function parts(language) {
  const answer = await fetch(new URL(`search/${language}.json`, TOP), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`search/${language}.json: ${answer.status}`);
  return answer.text();
}

export class Index {
  // Opens what a list names; nothing but the pages of the language is loaded.
  static async open(language, text) {
    const { prose, cases, labels } = JSON.parse(text);
    const pagefind = await import(new URL(`${prose}pagefind.js`, TOP));
    // Pagefind cuts a query as the page's language asks for; the index is made as if all were English.
    document.documentElement.lang = "en";
    const made = pagefind.createInstance({ baseUrl: new URL(`${language}/`, TOP).pathname });
    document.documentElement.lang = language;
    return new Index(language, text, labels, cases, made);
  }

  constructor(language, text, labels, cases, made) {
    Object.assign(this, { language, text, labels, cases, parts: Object.keys(cases), made });
    this.steps = [...STEPS];
  }

  // How many parts of cases are not loaded yet.
  get rest() {
    return this.parts.length;
  }

  close() {
    return this.made.destroy();
  }

  // Loads some more of the cases.
  more() {
    return this.load(this.parts.slice(0, this.steps.shift() ?? this.parts.length));
  }

  // Loads the cases among which a case's number must be, if a query holds one.
  near(query) {
    return this.load(this.parts.filter(holding(query)));
  }

  async load(some) {
    this.parts = this.parts.filter((part) => !some.includes(part));
    const options = { baseUrl: new URL(`${this.language}/`, TOP).pathname };
    await Promise.all(some.map((part) => this.made.mergeIndex(new URL(part, TOP).href, options)));
  }

  // What lists beside the parts have of each kind of page, the newest cases first: where a number is named, or of the parts
  // that are not loaded what holds the words of a query.
  async listed(query, kinds, filters) {
    const asked = number(query);
    const { exact } = terms(query);
    const term = asked ?? (await this.rarest(exact.flatMap(listable).slice(0, SOME)));
    const parts = asked ? this.naming(query) : this.parts;
    const fit = (page, wanted) => Object.entries(wanted).every(([name, value]) => page.filters[name]?.includes(value));
    const fits = (page) => exact.every((phrase) => holds(page.content, phrase)) && fit(page, filters);
    const lookup = await import("./lookup.js");
    const lists = parts.map((part) => [part, this.cases[part]]);
    const found = term ? await lookup.listed(term, fits, lists, TOP) : [];
    const results = found.map((page) => {
      const url = new URL(`${this.language}${page.url}`, TOP).pathname;
      return { page, data: async () => ({ ...page, url }) };
    });
    return kinds.map((kind) => ({ sure: results.filter(({ page }) => fit(page, { kind })) }));
  }

  // The parts in which a number may be named: that of the case whose number it is, or all.
  naming(query) {
    const all = Object.keys(this.cases);
    const near = all.filter(holding(query));
    return near.length ? near : all;
  }

  // Of some terms the one that fewest of the loaded cases hold; of these the longest.
  async rarest(some) {
    const known = some.map(async (term) => [(await this.made.search(`"${term}"`)).results.length, -term.length, term]);
    const [first] = (await Promise.all(known)).sort(([a, b], [c, d]) => a - c || b - d);
    return first?.[2];
  }

  // What there is of each kind of page, the best first: what surely holds all that a query asks for, and a way to what may
  // hold it, if its last word is still being typed or nothing holds it as it is. With no query, all that the filters leave.
  async find(query, kinds, filters) {
    const ask = async (term, more) => (await this.made.search(term, { filters: { ...filters, ...more } })).results;
    const { exact, whole, open } = terms(query);
    const [first, ...others] = exact;
    if (!first) return Promise.all(kinds.map(async (kind) => ({ sure: await ask(whole, { kind }) })));
    const [held, ...found] = await Promise.all([
      Promise.all(others.map((term) => ask(term))).then(sets),
      ...kinds.map((kind) => ask(first, { kind })),
    ]);
    const all = found.map((results) => results.filter(({ id }) => held.every((ids) => ids.has(id))));
    const count = all.flat().length;
    const ranked = count > 1 && count <= MANY ? await ask(whole) : undefined;
    return sets(all).map((known, i) => {
      const sure = ranked?.filter(({ id }) => known.has(id)) ?? all[i];
      const rest = async () => (await ask(whole, { kind: kinds[i] })).filter(({ id }) => !known.has(id));
      return { sure, rest: open || !count ? rest : undefined };
    });
  }
}

// Whether a part is where a case's number must be that a query holds.
function holding(query) {
  const [, year, month] = query.match(NUMBER) ?? [];
  const named = new RegExp(`/${year}-((${month}|Q${Math.ceil(month / 3)})-)?[^-]+$`);
  return (part) => named.test(part);
}

function sets(found) {
  return found.map((results) => new Set(results.map(({ id }) => id)));
}
