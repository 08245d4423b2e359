"""The pages' policy in a browser: what somebody manages to put into a page does not run and asks for nothing."""

import pytest

from tests.browser.conftest import Watched

CASE_PAGE = "en/cases/2026/11/C-20261103-7K3QD.html"
PUT_IN = """
async (html) => {
  const violations = [];
  document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
  const holder = document.createElement("div");
  document.body.append(holder);
  holder.innerHTML = html;
  for (const dead of holder.querySelectorAll("script")) {
    const script = document.createElement("script");
    for (const { name, value } of dead.attributes) script.setAttribute(name, value);
    script.textContent = dead.textContent;
    dead.replaceWith(script);
  }
  holder.querySelector("a, button")?.click();
  await new Promise((done) => setTimeout(done, 400));
  return [violations, window.pwned ?? null, getComputedStyle(holder.firstElementChild).color];
}
"""

EVALUATED = """
new Promise((done) => setTimeout(() => {
  try {
    done((0, eval)("1 + 1"));
  } catch (error) {
    done(error.name);
  }
}))
"""


def refused(watched: Watched) -> None:
    """Whatever was asked of another host was refused before it was sent; the console says so."""
    asked = {fault.removeprefix("elsewhere: ") for fault in watched.faults if fault.startswith("elsewhere")}
    failed = {
        fault.split(": ")[1] for fault in watched.faults if fault.startswith("failed") and fault.endswith(": csp")
    }
    assert asked <= failed
    watched.faults.clear()


@pytest.mark.parametrize(
    ("html", "directive"),
    [
        ("<script>window.pwned = 1</script>", "script-src-elem"),
        ('<script src="data:text/javascript,window.pwned = 1"></script>', "script-src-elem"),
        ('<script src="https://example.com/x.js"></script>', "script-src-elem"),
        ('<script type="module" src="https://example.com/x.js"></script>', "script-src-elem"),
        ('<img src="assets/none.png" onerror="window.pwned = 1">', "script-src-attr"),
        ('<button onclick="window.pwned = 1">x</button>', "script-src-attr"),
        ('<a href="javascript:window.pwned = 1">x</a>', "script-src-elem"),
        ('<img src="https://example.com/x.png">', "img-src"),
        ('<iframe src="https://example.com/"></iframe>', "frame-src"),
        ('<object data="https://example.com/x.swf"></object>', "object-src"),
        ('<video src="https://example.com/x.mp4"></video>', "media-src"),
        ("<style>div { color: rgb(1, 2, 3) !important }</style>", "style-src-elem"),
        ('<p style="color: rgb(1, 2, 3)">x</p>', "style-src-attr"),
        ('<link rel="stylesheet" href="https://example.com/x.css">', "style-src-elem"),
        ('<base href="https://example.com/">', "base-uri"),
        ('<form action="https://example.com/"><button>x</button></form>', "form-action"),
    ],
)
def test_what_is_put_into_a_page_is_refused(wide: Watched, html: str, directive: str) -> None:
    page = wide.go(CASE_PAGE)
    violations, pwned, colour = page.evaluate(PUT_IN, html)
    assert directive in violations
    assert pwned is None
    assert colour != "rgb(1, 2, 3)"
    refused(wide)


def test_text_is_not_run_as_a_program(wide: Watched) -> None:
    page = wide.go(CASE_PAGE)
    assert page.evaluate(EVALUATED) == "EvalError"
    wide.faults.clear()


def test_nothing_may_be_sent_elsewhere(wide: Watched) -> None:
    page = wide.go(CASE_PAGE)
    sent = page.evaluate("fetch('https://example.com/').then(() => 'sent', (error) => error.name)")
    assert sent == "TypeError"
    refused(wide)
