// Answers from the lists beside the parts of the index, a few kilobytes, with what the index holds of the cases that they
// name: the counterpart of tools/caseledger/site/lookup.py.

const MOST = 4; // as many as are shown at first
const ROUNDS = 3; // of so many cases, in search of one that fits
const WORDS = [10, 30]; // of an excerpt: before the term, and in all
const SIGNATURE = "pagefind_dcd";

// The newest cases that hold a term and that fit, as the index would tell of them: of parts that hold so many lists each.
export async function listed(term, fits, parts, top) {
  const lists = await Promise.all(parts.map(([part, lists]) => list(new URL(part, top), term, lists)));
  const named = lists.flat();
  for (let next = 0; next < ROUNDS * MOST; next += MOST) {
    const pages = await Promise.all(named.slice(next, next + MOST).map((url) => page(url, term)));
    const found = pages.filter(fits);
    if (found.length || !pages.length) return found;
  }
  return [];
}

async function list(part, term, lists) {
  const text = await got(new URL(`lookup/${place(term, lists)}.gz`, part));
  const named = JSON.parse(text)[term] ?? [];
  return named.map((name) => new URL(`fragment/${name}.pf_fragment`, part));
}

// In which of so many lists a term stands: the FNV-1a hash of its UTF-8 decides.
function place(term, lists) {
  const mixed = new TextEncoder().encode(term).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5);
  return (mixed >>> 0) % lists;
}

async function page(url, term) {
  const found = JSON.parse((await got(url)).slice(SIGNATURE.length));
  const words = found.content.split(/\s+/);
  const start = Math.max(0, words.findIndex((word) => word.toLowerCase().includes(term)) - WORDS[0]);
  const excerpt = words.slice(start, start + WORDS[1]).join(" ");
  return { ...found, excerpt: excerpt.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`) };
}

// The text of a file that is packed, if the server has not had it unpacked on the way.
async function got(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  const body = await answer.blob();
  const packed = new Uint8Array(await body.slice(0, 1).arrayBuffer())[0] === 0x1f;
  return new Response(packed ? body.stream().pipeThrough(new DecompressionStream("gzip")) : body).text();
}
