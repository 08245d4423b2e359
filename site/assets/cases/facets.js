// What narrows the table: for each facet a list of its values, each with the number of cases that it would leave.

import { element } from "./grid.js";

const SHOWN = 100;

export class Facet {
  // `values()` gives what there is to choose, as {value, label, count}; `onChange(values)` hears what was chosen.
  constructor(title, words, values, onChange) {
    Object.assign(this, { title, words, values, onChange });
    this.chosen = new Set();
    this.known = [];
    this.box = element("details", "cl-facet");
    this.summary = element("summary");
    this.panel = element("div", "cl-facet-panel");
    this.input = element("input", "", { type: "search", "aria-label": `${title}: ${words.filter}` });
    this.input.placeholder = words.filter;
    this.input.hidden = true;
    this.list = element("ul");
    this.panel.append(this.input, this.list);
    this.box.append(this.summary, this.panel);
    this.box.addEventListener("toggle", () => this.box.open && this.fresh());
    this.input.addEventListener("input", () => this.draw());
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.box.open = false;
      this.summary.focus();
    });
    this.set(this.chosen);
  }

  set(chosen) {
    this.chosen = chosen;
    this.summary.textContent = chosen.size ? `${this.title} · ${chosen.size}` : this.title;
    this.box.classList.toggle("cl-chosen", chosen.size > 0);
    if (this.box.open) this.fresh();
  }

  fresh() {
    this.known = this.values();
    this.input.hidden = this.known.length < 12;
    this.draw();
  }

  // Boxes stay the same elements while they are ticked: the keyboard keeps its place.
  draw() {
    const wanted = this.input.value.trim().toLowerCase();
    const focused = this.list.contains(document.activeElement) ? document.activeElement.value : undefined;
    const shown = this.known
      .filter(({ value, label }) => this.chosen.has(value) || label.toLowerCase().includes(wanted))
      .slice(0, SHOWN);
    this.list.replaceChildren(...shown.map((one) => this.line(one)));
    if (focused !== undefined) {
      [...this.list.querySelectorAll("input")].find((box) => box.value === focused)?.focus();
    }
  }

  line({ value, label, count }) {
    const line = element("li");
    const box = element("input", "", { type: "checkbox" });
    box.value = value;
    box.checked = this.chosen.has(value);
    box.addEventListener("change", () => {
      const next = new Set(this.chosen);
      if (box.checked) next.add(value);
      else next.delete(value);
      this.onChange(next);
    });
    const name = element("label");
    const text = element("span", "cl-facet-name");
    text.textContent = label;
    const number = element("span", "cl-facet-count");
    number.textContent = count.toLocaleString("en").replaceAll(",", " ");
    name.append(box, text, number);
    line.append(name);
    return line;
  }
}
