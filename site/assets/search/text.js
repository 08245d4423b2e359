// How the index holds text, and what follows from it for a query: the counterpart of tools/caseledger/site/casecopy.py.
//
// Text without spaces is held pair by pair: "拉链坏" is "拉链 链坏 坏". After a number stand its parts that people search
// for: "C-20261103-7K3QD" is "C-20261103-7K3QD C-20261103 7K3QD".

const SIGN = "[々〆\\u3040-\\u30ff\\u31f0-\\u31ff㐀-䶿一-鿿가-힣豈-\\ufaff\\u{20000}-\\u{3ffff}]";
const RUN = new RegExp(`${SIGN}+`, "gu");
const WORD = new RegExp(`${SIGN}+|(?:(?!${SIGN})[\\p{L}\\p{N}\\p{M}])+`, "gu");
const NUMBER = /(?=[\p{L}._/-]*\p{N})[\p{L}\p{N}]+(?:[._/-][\p{L}\p{N}]+)+/gu;
const LISTED = /^(?=[a-z./_-]*[0-9])[0-9a-z]+(?:[./_-][0-9a-z]+)*$/;
const LETTERS = /(?<![\p{L}\p{M}\p{N}_])[\p{L}\p{M}]{2,}(?![\p{L}\p{M}\p{N}_])/gu;
const OPEN = new RegExp(`(?:^|[^\\p{L}\\p{M}\\p{N}._/-])(?:(?!${SIGN})[\\p{L}\\p{M}])+$`, "u");
const SEAM = new RegExp(`(${SIGN}) \\1`, "gu");
const PARTS = /([0-9A-Za-z]+(?:-[0-9A-Za-z]+)+)((?: [0-9A-Za-z-]+)+)/g;
const STOP = / ?([\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01-\uff0f\uff1a-\uff1f]) ?/g;

// A text of the index as people read it.
export function joined(text) {
  return text.replace(SEAM, "$1").replace(PARTS, whole).replace(STOP, "$1");
}

function whole(_, number, rest) {
  const words = rest.split(" ").slice(1);
  const after = words.findIndex((word) => !number.startsWith(`${word}-`) && !number.endsWith(`-${word}`));
  return [number, ...(after < 0 ? [] : words.slice(after))].join(" ");
}

// The number that a query is, as lists of numbers have it.
export function number(query) {
  const asked = query.replace(/^"|"$/g, "").toLowerCase();
  return asked.length > 4 && LISTED.test(asked) ? asked : undefined;
}

// The numbers and words of a phrase that lists may have.
export function listable(phrase) {
  const words = phrase.replaceAll('"', "").toLowerCase().split(" ");
  return words.flatMap((word) => number(word) ?? word.match(LETTERS) ?? []);
}

// Whether a text of the index holds a phrase, word by word.
export function holds(text, phrase) {
  return spaced(text).includes(spaced(phrase));
}

function spaced(text) {
  return ` ${text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim()} `;
}

// What the index is asked for: terms that must stand in a page as they are, sign by sign and word by word; the whole query,
// by which pages are ranked, null if it asks for nothing; and whether its last word may be the beginning of another.
export function terms(query) {
  const phrases = [...query.matchAll(/"([^"]+)"/g)].map(([, phrase]) => phrase);
  const rest = query.replace(/"[^"]+"/g, " ");
  const runs = (rest.match(RUN) ?? []).filter((run) => run.length > 1);
  const words = rest.replace(RUN, " ").split(/\s+/);
  const exact = [...phrases, ...runs, ...words].filter((term) => /[\p{L}\p{N}]/u.test(term));
  const whole = query.replaceAll('"', " ").replace(RUN, (run) => ` ${pairs(run)} `).trim();
  return { exact: exact.map((term) => `"${term.replace(RUN, pairs)}"`), whole: whole || null, open: OPEN.test(query) };
}

function pairs(run) {
  const signs = [...run];
  return signs.length === 1 ? run : signs.slice(1).map((sign, i) => signs[i] + sign).join(" ");
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

// Where a part of the index does not have a word, Pagefind answers with pages that hold its first letters. What is being
// typed must be there so far, and a number must be that number.
export function guessed(text, query) {
  const held = folded(joined(text));
  const asked = folded(query);
  const last = asked.match(WORD)?.slice(-1) ?? [];
  return [...stems(asked), ...last].some((word) => !held.includes(word));
}

// A text cut where it says what was asked for: every second piece is what was meant.
export function cut(text, query) {
  const wanted = stems(query).map((stem) => (stem.match(RUN) ? stem : `${stem}[\\p{L}\\p{N}]*`));
  return wanted.length ? text.split(new RegExp(`(${wanted.join("|")})`, "giu")) : [text];
}
