"""A department's page in a browser: what is remembered, and what a button puts on the clipboard."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Watched

PAGE = "en/departments/customer-service.html"
OWN = "en/departments/quality-inspection.html"


def test_the_department_that_was_chosen_comes_first_and_is_a_click_away(wide: Watched) -> None:
    page = wide.go(OWN)
    page.get_by_label("This is my department").check()
    page = wide.go("en/index.html")
    assert page.locator(".cl-department").first.get_attribute("id") == "quality-inspection"
    page.get_by_role("link", name="My department").click()
    page.wait_for_url(f"**/{OWN}")
    page = wide.go("zh/index.html")
    page.get_by_role("link", name="我的部门").click()
    page.wait_for_url("**/zh/departments/quality-inspection.html")
    page.get_by_label("这是我的部门").uncheck()
    page = wide.go("en/index.html")
    assert page.locator(".cl-department").first.get_attribute("id") == "customer-service"
    page.get_by_role("link", name="My department").click()
    page.wait_for_url("**/en/departments/index.html")


def test_what_is_kept_in_the_browser_is_not_trusted(wide: Watched) -> None:
    page = wide.go("en/index.html")
    page.evaluate("localStorage.setItem('caseledger.department', '\"],a[href]{}<img src=x onerror=alert(1)>')")
    page.reload()
    assert page.locator(".cl-own").count() == 0
    page.evaluate("localStorage.setItem('caseledger.department', '../../../elsewhere')")
    page.reload()
    page.get_by_role("link", name="My department").click()
    page.wait_for_url("**/en/departments/index.html")


def test_the_command_and_the_entry_are_copied_the_entry_with_time_and_person(wide: Watched) -> None:
    wide.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = wide.go(PAGE)
    page.select_option("select[name=person]", "cs-02")
    row = page.locator("tr", has_text="C-20261116-5B6EN").filter(has_text="Initial verification")
    row.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status").last).to_have_text("Copied")
    assert wide.copied("caseledger") == "caseledger append C-20261116-5B6EN verified"
    with page.context.expect_page() as opened:
        page.context.route("https://git.example.cn/**", lambda route: route.fulfill(body="the editor"))
        row.get_by_role("link", name="Edit the file").click()
    assert opened.value.url.endswith("/_edit/main/cases/2026/11/C-20261116-5B6EN.yml")
    opened.value.close()
    at, *rest = wide.copied("  - at:").splitlines()
    assert re.fullmatch(r'  - at: "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"', at)
    assert rest[:5] == [
        "    type: verified",
        "    by: cs-02",
        "    as: customer-service",
        "    in_scope: # true / false",
        "    complete: # true / false",
    ]


def test_copying_works_without_the_clipboard_of_secure_pages(wide: Watched) -> None:
    wide.page.add_init_script("delete Navigator.prototype.clipboard")
    page = wide.go(PAGE)
    page.locator(".cl-command + .cl-copy").first.click()
    page.locator("#cl-query").focus()
    page.keyboard.press("Control+V")
    expect(page.locator("#cl-query")).to_have_value(re.compile("^caseledger append C-"))


def test_on_paper_there_is_the_list_and_no_button(wide: Watched) -> None:
    page = wide.go(PAGE)
    page.emulate_media(media="print")
    assert page.locator(".cl-copy").first.is_hidden()
    assert page.locator(".cl-mine").is_hidden()
    assert [table.is_visible() for table in page.locator(".cl-todo").all()] == [True, True]
