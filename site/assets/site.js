// What pages do beyond showing: small things, each of which a page can do without.

// The tables of a text look like all others, and scroll in a frame that the keyboard can reach.
for (const table of document.querySelectorAll(".md-typeset table:not([class])")) {
  const frame = document.createElement("div");
  frame.className = "cl-scroll";
  frame.tabIndex = 0;
  table.className = "cl-table";
  table.replaceWith(frame);
  frame.append(table);
}

// Switching the language keeps the place on the page.
for (const link of document.querySelectorAll(".cl-languages a")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}

// Which department one works in, and as whom, is kept in this browser alone.

const FOLDER = new URL("..", import.meta.url); // of this language's pages
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

function kept(name) {
  try {
    const value = localStorage.getItem(`caseledger.${name}`);
    return NAME.test(value ?? "") ? value : null;
  } catch {
    return null;
  }
}

function keep(name, value) {
  try {
    if (value) localStorage.setItem(`caseledger.${name}`, value);
    else localStorage.removeItem(`caseledger.${name}`);
  } catch {
    // the browser keeps nothing
  }
}

const mine = kept("department");

// The menu leads straight to one's own department; lists begin with it.
if (mine) {
  const general = new URL("departments/index.html", FOLDER).href;
  for (const link of document.querySelectorAll("header a, .md-nav a")) {
    if (link.href === general) link.href = new URL(`departments/${mine}.html`, FOLDER).href;
  }
  const own = document.querySelector(`[data-cl-department="${mine}"]`);
  own?.classList.add("cl-own");
  own?.parentElement.prepend(own);
}

const form = document.querySelector(".cl-mine");
if (form) {
  const { mine: box, person } = form.elements;
  box.checked = form.dataset.role === mine;
  box.addEventListener("change", () => keep("department", box.checked && form.dataset.role));
  if (person) {
    person.value = kept("person") ?? "";
    person.addEventListener("change", () => keep("person", person.value));
  }
  form.hidden = false;
}

// Commands and entries are copied with a button. An entry gets the time, to the second, and who one is.

const work = document.querySelector(".cl-work");
if (work) {
  const said = document.createElement("p");
  said.className = "cl-said";
  said.setAttribute("role", "status");
  work.append(said);
  for (const code of work.querySelectorAll(".cl-command, .cl-entry code, .cl-path")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cl-copy";
    button.textContent = work.dataset.copy;
    button.addEventListener("click", () => copy(filled(code.textContent), work.dataset.copied));
    (code.closest("pre") ?? code).after(button);
  }
  for (const link of work.querySelectorAll(".cl-edit[data-entry]")) {
    const code = document.getElementById(link.dataset.entry).querySelector("code");
    link.target = "_blank";
    link.addEventListener("click", () => copy(filled(code.textContent), work.dataset.pasted));
  }

  async function copy(text, done) {
    await written(text);
    said.textContent = done;
    setTimeout(() => (said.textContent = ""), 4000);
  }
}

function filled(text) {
  const person = kept("person");
  const at = text.replace(/^( +- at:) #.*$/m, `$1 "${now()}"`);
  return person ? at.replace(/^( +by:) #.*$/m, `$1 ${person}`) : at;
}

// This moment with the offset of this computer.
function now() {
  const at = new Date();
  const offset = -at.getTimezoneOffset();
  const local = new Date(at.getTime() + offset * 60000).toISOString().slice(0, 19);
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}

// Browsers give pages without TLS no clipboard, but let them copy what is selected.
async function written(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

// On a narrow screen the sections are in a drawer, which Material opens by a label: a button is for the keyboard, too.
const label = document.querySelector(".cl-menu");
const drawer = document.getElementById("__drawer");
if (label && drawer) {
  const menu = document.createElement("button");
  menu.type = "button";
  menu.className = label.className;
  menu.setAttribute("aria-label", label.getAttribute("aria-label"));
  menu.append(...label.childNodes);
  label.replaceWith(menu);
  const show = () => menu.setAttribute("aria-expanded", String(drawer.checked));
  const open = (wanted) => {
    drawer.checked = wanted;
    drawer.dispatchEvent(new Event("change"));
    if (wanted) document.querySelector(".md-nav--primary a[href]")?.focus();
    else menu.focus();
  };
  show();
  drawer.addEventListener("change", show);
  menu.addEventListener("click", () => open(!drawer.checked));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked) open(false);
  });
}
