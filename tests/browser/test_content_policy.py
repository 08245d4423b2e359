"""The pages' policy in a browser: what somebody manages to put into a page does not run and asks for nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Watched

CASE_PAGE = "en/cases/2026/11/C-20261103-7K3QD.html"
PUT_IN = """
async ([html, directive]) => {
  const refused = new Promise((done) => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
      if (effectiveDirective === directive) done(true);
    });
    setTimeout(done, 20000, false);
  });
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
  const known = await refused;
  await new Promise((done) => setTimeout(done, 100)); // for what would run all the same
  return [known, window.pwned ?? null, getComputedStyle(holder.firstElementChild).color];
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


@pytest.fixture
def attacked(browser: Browser, address: str) -> Iterator[Watched]:
    """The page of a case, of which somebody else is in part; the console tells of it, sooner or later."""
    with browser.new_context() as context:
        watched = Watched(context.new_page(), address)
        watched.go(CASE_PAGE)
        yield watched


def refused(watched: Watched) -> None:
    """Whatever was asked of another host was refused before it was sent."""
    while not asked(watched) <= failed(watched):
        watched.page.wait_for_event("requestfailed")


def asked(watched: Watched) -> set[str]:
    return {fault.removeprefix("elsewhere: ") for fault in watched.faults if fault.startswith("elsewhere")}


def failed(watched: Watched) -> set[str]:
    found = (fault for fault in watched.faults if fault.startswith("failed") and fault.endswith(": csp"))
    return {fault.split(": ")[1] for fault in found}


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
def test_what_is_put_into_a_page_is_refused(attacked: Watched, html: str, directive: str) -> None:
    known, pwned, colour = attacked.page.evaluate(PUT_IN, [html, directive])
    assert known
    assert pwned is None
    assert colour != "rgb(1, 2, 3)"
    refused(attacked)


def test_text_is_not_run_as_a_program(attacked: Watched) -> None:
    assert attacked.page.evaluate(EVALUATED) == "EvalError"


def test_nothing_may_be_sent_elsewhere(attacked: Watched) -> None:
    sent = attacked.page.evaluate("fetch('https://example.com/').then(() => 'sent', (error) => error.name)")
    assert sent == "TypeError"
    refused(attacked)
