// All cases as columns of numbers: what matches a choice of facets and words, in which order, and how many of each value
// there are. A facet belongs to a group; facets of one group speak of the same thing, such as one deadline of a case.

export class Store {
  constructor(groups) {
    this.size = 0;
    this.id = [];
    this.summary = [];
    this.due = [];
    this.breaches = [];
    this.next = [];
    this.texts = null;
    this.groups = new Map();
    this.facets = new Map();
    for (const [name, facets] of Object.entries(groups)) {
      const group = { name, facets, values: [], places: new Map(), parts: [], begin: null, codes: null };
      this.groups.set(name, group);
      facets.forEach((facet, place) => this.facets.set(facet, { group, place }));
    }
  }

  // Years come one after the other, the newest first; each is cases in order, newest first.
  add(shard) {
    const known = this.groups.get("deadlines");
    for (const group of this.groups.values()) {
      const { values, codes } = shard.groups[group.name];
      group.parts.push({ codes, here: values.map((value) => placed(group, value)) });
      group.begin = null;
    }
    const { here } = known.parts.at(-1);
    for (const code of shard.next) this.next.push(code < 0 ? -1 : here[code]);
    for (const name of ["id", "summary", "due", "breaches"]) this[name] = this[name].concat(shard[name]);
    this.size = this.id.length;
    this.texts = null;
  }

  // The codes of a group, case after case: those of case i are codes[begin[i]] to codes[begin[i + 1] - 1].
  group(name) {
    const group = this.groups.get(name);
    if (!group.begin) pack(group, this.size);
    return group;
  }

  // The value of a facet that holds one for each case, else the first or "".
  value(row, facet) {
    const { group, place } = this.facets.get(facet);
    const { begin, codes, values } = this.group(group.name);
    return begin[row] === begin[row + 1] ? "" : values[codes[begin[row]]][place];
  }

  // The deadline that is due first: status, whether it was kept, clock, department; undefined where none is.
  deadline(row) {
    return this.groups.get("deadlines").values[this.next[row]];
  }

  // Cases that match, in the order given; `chosen` maps facets to sets of values and ranges ("2026-01..2026-03").
  matching(order, chosen, query) {
    const fits = this.fitting(chosen, query);
    return order.filter((row) => fits[row]);
  }

  // 1 for each case that matches.
  fitting(chosen, query) {
    const fits = new Uint8Array(this.size).fill(1);
    for (const name of new Set([...chosen.keys()].map((facet) => this.facets.get(facet).group.name))) {
      const { begin, codes } = this.group(name);
      const right = this.right(name, chosen);
      for (let row = 0; row < this.size; row++) {
        let found = 0;
        for (let i = begin[row]; i < begin[row + 1] && !found; i++) found = right[codes[i]];
        fits[row] &= found;
      }
    }
    for (const word of words(query)) {
      const texts = this.searchable();
      for (let row = 0; row < this.size; row++) if (fits[row] && !texts[row].includes(word)) fits[row] = 0;
    }
    return fits;
  }

  // 1 for each value of a group that has all the parts that were chosen.
  right(name, chosen) {
    const { facets, values } = this.groups.get(name);
    const asked = facets.map((facet) => chosen.get(facet));
    return Uint8Array.from(values, (value) => asked.every((wanted, place) => !wanted || has(wanted, value[place])));
  }

  // How many cases there would be for each value of a facet, all else that was chosen being as it is.
  counts(facet, chosen, query) {
    const { group, place } = this.facets.get(facet);
    const others = new Map([...chosen].filter(([name]) => name !== facet));
    const fits = this.fitting(others, query);
    const right = this.right(group.name, others);
    const { begin, codes, values } = this.group(group.name);
    const found = new Map();
    const last = new Map();
    for (let row = 0; row < this.size; row++) {
      if (!fits[row]) continue;
      for (let i = begin[row]; i < begin[row + 1]; i++) {
        if (!right[codes[i]]) continue;
        const value = values[codes[i]][place];
        if (last.get(value) === row) continue;
        last.set(value, row);
        found.set(value, (found.get(value) ?? 0) + 1);
      }
    }
    return found;
  }

  // Every case, sorted by a column; those that are alike, and all where nothing is asked, are newest first.
  sorted(column, down, compare) {
    const order = Int32Array.from({ length: this.size }, (_, row) => row);
    if (!column || (column === "day" && down)) return order;
    if (column === "day" || column === "case") {
      const sign = down ? 1 : -1;
      return order.sort((a, b) => sign * (this.id[a] < this.id[b] ? 1 : -1));
    }
    const keys = this.keys(column, compare);
    const sign = down ? -1 : 1;
    const empty = (row) => (keys[row] < 0 ? 1 : 0);
    return order.sort((a, b) => empty(a) - empty(b) || sign * (keys[a] - keys[b]) || a - b);
  }

  // A number for each case that sorts as its value does, -1 for an empty one.
  keys(column, compare) {
    const value = this.reader(column);
    const all = Array.from({ length: this.size }, (_, row) => value(row));
    const different = [...new Set(all)].filter((text) => text !== "");
    const ranks = new Map(different.sort(compare(column)).map((text, rank) => [text, rank]));
    return Int32Array.from(all, (text) => ranks.get(text) ?? -1);
  }

  reader(column) {
    if (column === "due") return (row) => this.due[row];
    if (column === "department") return (row) => this.deadline(row)?.[3] ?? "";
    return (row) => this.value(row, column);
  }

  searchable() {
    this.texts ??= this.id.map((id, row) =>
      folded([id, this.summary[row], this.value(row, "sku"), this.value(row, "supplier")].join("\n")),
    );
    return this.texts;
  }
}

// Whether a value is among those chosen, or within a range of them.
export function has(wanted, value) {
  if (wanted.has(value)) return true;
  for (const one of wanted) {
    const [from, to] = one.split("..");
    if (to !== undefined && value >= from && value <= to) return true;
  }
  return false;
}

function placed(group, value) {
  const key = value.join("\u0000");
  let place = group.places.get(key);
  if (place === undefined) {
    place = group.values.push(value) - 1;
    group.places.set(key, place);
  }
  return place;
}

function pack(group, size) {
  group.begin = new Int32Array(size + 1);
  const codes = [];
  let row = 0;
  for (const part of group.parts) {
    for (const code of part.codes) {
      if (typeof code === "number") codes.push(part.here[code]);
      else for (const one of code) codes.push(part.here[one]);
      group.begin[++row] = codes.length;
    }
  }
  group.codes = Int32Array.from(codes);
}

function words(query) {
  return folded(query).split(/\s+/).filter(Boolean);
}

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
