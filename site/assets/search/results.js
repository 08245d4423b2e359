// What is shown of what was found: groups of results, as text.

import { cut, guessed, joined } from "./text.js";

const STEP = 10;

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

// An excerpt comes as HTML; its text alone is taken, and the words that were asked for are marked in it.
function excerpt(html, query) {
  const text = joined(new DOMParser().parseFromString(html, "text/html").body.textContent);
  const line = element("p");
  line.append(...cut(text, query).map((piece, i) => (i % 2 ? element("mark", piece) : piece)));
  return line;
}

// A result leads to the case, or to the part of a policy or guide that holds the words.
function entry(found, query, states) {
  const part = found.meta.case ? undefined : found.sub_results.find((result) => result.url.includes("#"));
  const link = element("a");
  link.href = part?.url ?? found.url;
  const title = part && part.title !== found.meta.title ? `${found.meta.title} · ${part.title}` : found.meta.title;
  link.append(element("b", joined(title)), excerpt((part ?? found).excerpt, query));
  const about = [found.meta.case, states[found.meta.state], found.meta.day].filter(Boolean).join(" · ");
  if (about) link.append(element("small", joined(about)));
  const item = element("li");
  item.append(link);
  return item;
}

// One kind of page with what was found of it: a heading, the best of them, and a button for more.
export class Group {
  constructor(name, { sure, rest }, query, { states, more, failed }) {
    Object.assign(this, { name, sure, rest, query, states, next: 0, count: sure.length });
    this.section = element("section");
    this.heading = element("h2");
    this.list = element("ol");
    this.button = element("button", more, "cl-more");
    this.button.type = "button";
    this.button.addEventListener("click", () => this.more(STEP).catch(failed));
    this.section.append(this.heading, this.list, this.button);
  }

  // Adds so many results: first those that surely hold what was asked for, then of the rest those that do.
  async more(wanted) {
    const some = this.sure.slice(this.next, this.next + wanted);
    this.next += some.length;
    this.show(await Promise.all(some.map((result) => result.data())));
    if (!some.length && this.rest) await this.guess(wanted);
    this.heading.textContent = `${this.name} ${this.count}`;
    this.button.hidden = this.next >= this.sure.length && !this.rest;
  }

  async guess(wanted) {
    this.guesses ??= await this.rest();
    const some = this.guesses.splice(0, wanted);
    const data = await Promise.all(some.map((result) => result.data()));
    const fit = data.filter((found) => !guessed(`${found.meta.title} ${found.content}`, this.query));
    this.show(fit);
    if (!fit.length || !this.guesses.length) this.rest = undefined; // where the best do not hold it, none does
    this.count = this.list.children.length + (this.rest && !this.sure.length ? this.guesses.length : 0);
  }

  show(data) {
    this.list.append(...data.map((found) => entry(found, this.query, this.states)));
  }
}
