// A table of any length of which only the rows in sight are made. It is a plain table to whoever reads it: rows know
// their place among all, a row keeps its element while it is in sight, and so the keyboard keeps its place.

const SPARE = 12;

export class Grid {
  // `cells` are lists of the columns {name, title} that share a cell; `fill(name, cell, row)` adds what a row says there.
  constructor(cells, label, fill, onSort) {
    this.cells = cells;
    this.fill = fill;
    this.rows = [];
    this.made = new Map();
    this.height = 52;
    this.box = element("div", "cl-grid", { role: "region", tabindex: 0, "aria-label": label });
    this.table = element("table", "cl-table", { role: "table", "aria-label": label });
    this.body = element("tbody", "", { role: "rowgroup" });
    this.above = spacer();
    this.below = spacer();
    this.body.append(this.above, this.below);
    this.table.append(this.head(onSort), this.body);
    this.box.append(this.table);
    this.box.addEventListener("scroll", () => this.draw(), { passive: true });
    this.box.addEventListener("keydown", (event) => this.walk(event));
    new ResizeObserver(() => this.measure()).observe(this.box);
  }

  head(onSort) {
    const line = element("tr", "", { role: "row", "aria-rowindex": 1 });
    for (const columns of this.cells) {
      const cell = element("th", `cl-col-${columns[0].name}`, { role: "columnheader", scope: "col" });
      for (const { name, title } of columns) {
        const button = element("button", "", { type: "button", "data-column": name });
        button.textContent = title;
        button.addEventListener("click", () => onSort(name));
        cell.append(button);
      }
      line.append(cell);
    }
    const head = element("thead", "", { role: "rowgroup" });
    head.append(line);
    return head;
  }

  // Show rows, of a table sorted by a column.
  show(rows, column, down, top = 0) {
    this.rows = rows;
    this.table.setAttribute("aria-rowcount", rows.length + 1);
    for (const cell of this.table.tHead.rows[0].cells) {
      const sorted = [...cell.children].find((button) => button.dataset.column === column);
      for (const button of cell.children) button.classList.toggle("cl-sorted", button === sorted);
      if (sorted) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
    for (const line of this.made.values()) line.remove();
    this.made.clear();
    this.draw(top);
    this.box.scrollTop = top;
    this.measure();
  }

  // The height of a row depends on the width of the window.
  measure() {
    const line = this.made.values().next().value;
    const height = line?.getBoundingClientRect().height;
    if (height && Math.abs(height - this.height) > 0.5) this.height = height;
    this.draw();
  }

  draw(top = this.box.scrollTop) {
    const sight = this.box.clientHeight || 600;
    const first = Math.max(0, Math.floor(top / this.height) - SPARE);
    const end = Math.min(this.rows.length, Math.ceil((top + sight) / this.height) + SPARE);
    for (const [place, line] of this.made) {
      if (place >= first && place < end) continue;
      if (line.contains(document.activeElement)) this.box.focus({ preventScroll: true });
      line.remove();
      this.made.delete(place);
    }
    let before = this.above;
    for (let place = first; place < end; place++) {
      let line = this.made.get(place);
      if (!line) {
        line = this.line(place);
        this.made.set(place, line);
        before.after(line);
      }
      before = line;
    }
    stretch(this.above, first * this.height);
    stretch(this.below, (this.rows.length - end) * this.height);
  }

  line(place) {
    const line = element("tr", "cl-row", { role: "row", "aria-rowindex": place + 2 });
    for (const columns of this.cells) {
      const cell = element("td", `cl-col-${columns[0].name}`, { role: "cell" });
      for (const { name } of columns) this.fill(name, cell, this.rows[place]);
      line.append(cell);
    }
    return line;
  }

  // The arrow keys lead from the case in focus to the next and the one before.
  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const line = event.target.closest("tr.cl-row");
    if (!step || !line) return;
    event.preventDefault();
    const place = line.getAttribute("aria-rowindex") - 2 + step;
    this.made.get(place)?.querySelector("a")?.focus();
  }
}

export function element(name, className, attributes = {}) {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

function spacer() {
  return element("tr", "cl-spacer", { "aria-hidden": "true" });
}

function stretch(line, height) {
  line.style.height = `${height}px`;
  line.hidden = height === 0;
}
