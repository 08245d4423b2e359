// Runs before a page is drawn, in place of the scripts that Material would write into it: a page may run nothing but the
// files of the site. Material's own script asks for these names.

var __md_scope = new URL("..", document.currentScript.src);
var __md_hash = (text) => [...text].reduce((sum, sign) => ((sum << 5) - sum + sign.charCodeAt(0)) | 0, 0);

var __md_get = (name, store = localStorage, scope = __md_scope) => {
  try {
    return JSON.parse(store.getItem(`${scope.pathname}.${name}`));
  } catch {
    return null; // the browser keeps nothing, or what it kept is not Material's
  }
};

var __md_set = (name, value, store = localStorage, scope = __md_scope) => {
  try {
    store.setItem(`${scope.pathname}.${name}`, JSON.stringify(value));
  } catch {
    // the browser keeps nothing: what was chosen lasts as long as the page
  }
};

// The colours that were chosen, else those of the system, so that no page is first drawn in others.
{
  const AUTOMATIC = "(prefers-color-scheme)";
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const wanted = __md_get("__palette")?.color?.media ?? AUTOMATIC;
  const media = wanted === AUTOMATIC ? `(prefers-color-scheme: ${dark ? "dark" : "light"})` : wanted;
  const options = [...document.querySelectorAll("[data-md-color-media]")];
  const { mdColorScheme } = options.find((option) => option.dataset.mdColorMedia === media)?.dataset ?? {};
  if (mdColorScheme) document.body.dataset.mdColorScheme = mdColorScheme;
}
