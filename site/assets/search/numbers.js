// Answers a number from the lists beside the parts of the index, a few kilobytes, with what the index holds of the cases
// that name it: the counterpart of tools/caseledger/site/numbers.py.

const MOST = 4; // as many as are shown at first
const WORDS = [10, 30]; // of an excerpt: before the number, and in all
const SIGNATURE = "pagefind_dcd";

// The newest cases that name a number, as the index would tell of them: of parts that hold so many lists each.
export async function naming(number, parts, top) {
  const lists = await Promise.all(parts.map(([part, lists]) => list(new URL(part, top), number, lists)));
  return Promise.all(lists.flat().slice(0, MOST).map((url) => page(url, number)));
}

async function list(part, number, lists) {
  const answer = await got(new URL(`numbers/${place(number, lists)}.json`, part));
  const named = (await answer.json())[number] ?? [];
  return named.map((name) => new URL(`fragment/${name}.pf_fragment`, part));
}

// In which of so many lists a number stands: its FNV-1a hash decides.
function place(number, lists) {
  const mixed = [...number].reduce((hash, sign) => Math.imul(hash ^ sign.charCodeAt(0), 0x01000193), 0x811c9dc5);
  return (mixed >>> 0) % lists;
}

async function page(url, number) {
  const found = JSON.parse((await unpacked(await got(url))).slice(SIGNATURE.length));
  const words = found.content.split(/\s+/);
  const start = Math.max(0, words.findIndex((word) => word.toLowerCase().includes(number)) - WORDS[0]);
  const excerpt = words.slice(start, start + WORDS[1]).join(" ");
  return { ...found, excerpt: excerpt.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`) };
}

// The text of a file that is packed, if the server has not had it unpacked on the way.
async function unpacked(answer) {
  const body = await answer.blob();
  const packed = new Uint8Array(await body.slice(0, 1).arrayBuffer())[0] === 0x1f;
  return new Response(packed ? body.stream().pipeThrough(new DecompressionStream("gzip")) : body).text();
}

async function got(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return answer;
}
