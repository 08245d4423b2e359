"""Digests: what goes out, to whom, once; what happens where a channel, the memory or the run itself breaks."""

import asyncio
import json
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from hypothesis import given, settings
from hypothesis import strategies as st

from caseledger import calendar
from caseledger.clocks import Status
from caseledger.errors import CannotGoOn
from caseledger.language import Text
from caseledger.notify import channels, hours, memory, run
from caseledger.notify.channels import Undelivered
from caseledger.notify.digest import Digest
from caseledger.notify.items import Item
from caseledger.notify.memory import Memory
from caseledger.rulebook import Rulebook
from tests.test_cli import Shell

AT = "2026-11-04T10:00:00+08:00"
NOW = datetime.fromisoformat(AT)
MARKER = "ZAUBERWORT"
NOTICES = """\
site: https://complaints.example.cn/
notices:
  departments:
    customer-service: {language: en, channels: [NOTIFY_CS]}
    quality-inspection: {language: zh, channels: [NOTIFY_QI]}
"""
VERIFIED = """\
  - at: 2026-11-03T09:00:00+08:00
    type: verified
    by: cs-02
    as: customer-service
    in_scope: true
    complete: true
  - at: 2026-11-03T10:00:00+08:00
    type: investigation-started
    by: cs-02
    as: customer-service
"""
OVERDUE = """\
Overdue (3)
- C-20261101-2M4XN Initial verification, due 2026-11-02 24:00
  https://complaints.example.cn/en/cases/2026/11/C-20261101-2M4XN.html
- C-20261101-2M4XN Start of investigation, due 2026-11-03 24:00
  https://complaints.example.cn/en/cases/2026/11/C-20261101-2M4XN.html
- C-20261101-2M4XN First response, due 2026-11-03 24:00
  https://complaints.example.cn/en/cases/2026/11/C-20261101-2M4XN.html

All that waits: https://complaints.example.cn/en/departments/customer-service.html
As of 2026-11-04 10:00:00. Nothing is named again until its status changes."""
TITLE = "Complaint deadlines of Customer Service: 3 overdue"


@dataclass
class Endpoint:
    """An HTTP server on this machine that takes what is posted, or answers with another status."""

    status: int = 200
    taken: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    found = Endpoint()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            if found.status == 200:
                found.taken.append(json.loads(raw))
            self.send_response(found.status)
            self.end_headers()
            self.wfile.write(b"the token is token-of-the-channel")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Taking)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    patient = "cto=100&rto=100"  # where the machine is busy, an answer may take longer than the 4 seconds of Apprise
    found.address = f"json://127.0.0.1:{server.server_port}/token-of-the-channel?{patient}"
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def shell(mini_repository: Path, endpoint: Endpoint) -> Shell:
    """A repository whose one case has three clocks overdue; both departments are told by the endpoint."""
    settings = mini_repository / "caseledger.yml"
    settings.write_text(settings.read_text("utf-8") + NOTICES, "utf-8")
    found = Shell(mini_repository)
    found.environment = {"NOTIFY_CS": endpoint.address, "NOTIFY_QI": endpoint.address}
    return found


def case(shell: Shell) -> Path:
    [path] = (shell.folder / "cases").rglob("*.yml")
    return path


def record(shell: Shell, events: str) -> None:
    path = case(shell)
    path.write_text(path.read_text("utf-8") + events, "utf-8")


def edit(shell: Shell, old: str, new: str) -> None:
    path = shell.folder / "caseledger.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def remembered(shell: Shell) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shell.folder / ".cache/caseledger/notices.json").read_text("utf-8"))
    return found


# what goes out


def test_a_department_is_told_once(shell: Shell, endpoint: Endpoint) -> None:
    assert shell("notify", "--as-of", AT) == "Sent to customer-service by NOTIFY_CS: 3 findings.\n"
    assert [(one["title"], one["message"]) for one in endpoint.taken] == [(TITLE, OVERDUE)]
    assert shell("notify", "--as-of", "2026-11-05T10:00:00+08:00") == "Nothing new to tell.\n"
    assert len(endpoint.taken) == 1


def test_a_dry_run_shows_exactly_what_is_sent_and_remembers_nothing(shell: Shell, endpoint: Endpoint) -> None:
    shown = shell("notify", "--as-of", AT, "--dry-run")
    assert shown == f"To customer-service by NOTIFY_CS:\n{TITLE}\n\n{OVERDUE}\n\n"
    assert shell("notify", "--as-of", AT, "--dry-run") == shown
    assert (endpoint.taken, (shell.folder / ".cache/caseledger/notices.json").exists()) == ([], False)


def test_each_department_is_told_in_its_language_and_of_its_own(shell: Shell, endpoint: Endpoint) -> None:
    record(shell, VERIFIED)
    assert shell("notify", "--as-of", "2026-11-04T23:30:00+08:00") == (
        "Sent to customer-service by NOTIFY_CS: 2 findings.\nSent to quality-inspection by NOTIFY_QI: 1 findings.\n"
    )
    first, second = endpoint.taken
    assert first["title"] == "Complaint deadlines of Customer Service: 1 overdue, 1 broken"
    assert (
        "Deadlines broken, and acted on since (1)\n- C-20261101-2M4XN Initial verification, Late, due"
        in (first["message"])
    )
    assert (second["title"], second["message"]) == (
        "投诉处理时限 · 质检部：1 项今日到期",
        "今日到期（1）\n"
        "- C-20261101-2M4XN 调查，2026-11-04 24:00 到期\n"
        "  https://complaints.example.cn/zh/cases/2026/11/C-20261101-2M4XN.html\n"
        "\n"
        "全部待办：https://complaints.example.cn/zh/departments/quality-inspection.html\n"
        "截至 2026-11-04 23:30:00。状态不变则不再重复提醒。",
    )


HANDED = """\
  - at: 2026-11-03T09:00:00+08:00
    type: assigned
    by: cs-02
    as: customer-service
    to: quality-inspection
    expected: 2026-11-09T18:00:00+08:00
    urgency: ZAUBERWORT
"""


def test_a_department_is_told_once_that_a_case_was_handed_over_to_it(shell: Shell, endpoint: Endpoint) -> None:
    record(shell, HANDED)
    edit(shell, "{language: zh, channels: [NOTIFY_QI]}", "{language: en, channels: [NOTIFY_QI]}")
    only = ("--department", "quality-inspection")
    assert shell("notify", "--as-of", AT, *only) == "Sent to quality-inspection by NOTIFY_QI: 1 findings.\n"
    [told] = endpoint.taken
    assert told["title"] == "Complaint deadlines of Quality Inspection: 1 handed over"
    assert told["message"].splitlines()[:3] == [
        "Handed over to you (1)",
        "- C-20261101-2M4XN handed over by Customer Service, 2026-11-03 09:00:00; expected by 2026-11-09 18:00:00",
        "  https://complaints.example.cn/en/cases/2026/11/C-20261101-2M4XN.html",
    ]
    assert MARKER not in told["message"]
    assert shell("notify", "--as-of", "2026-11-05T10:00:00+08:00", *only) == "Nothing new to tell.\n"


def test_a_department_that_handed_a_case_on_or_to_itself_is_not_told(shell: Shell, endpoint: Endpoint) -> None:
    record(shell, HANDED)
    record(shell, HANDED.replace("T09:", "T10:").replace("to: quality-inspection", "to: customer-service"))
    only = ("--department", "quality-inspection")
    assert shell("notify", "--as-of", AT, *only) == "Nothing new to tell.\n"
    assert "handed over" not in shell("notify", "--as-of", AT, "--dry-run")


def test_departments_that_help_are_told_of_a_case_too(shell: Shell, endpoint: Endpoint) -> None:
    record(shell, HANDED.replace("    expected: 2026-11-09T18:00:00+08:00\n", "").replace(
        "to: quality-inspection", "to: supply-chain\n    with: [quality-inspection]"
    ))  # fmt: skip
    shell("notify", "--as-of", AT, "--department", "quality-inspection")
    [told] = endpoint.taken
    assert "- C-20261101-2M4XN 由客服部移交，2026-11-03 09:00:00\n" in told["message"]


def test_what_is_due_today_is_told_before_the_policy_warns_of_it(shell: Shell, endpoint: Endpoint) -> None:
    record(shell, VERIFIED)
    today = shell("notify", "--as-of", "2026-11-04T00:01:00+08:00", "--department", "quality-inspection")
    assert today == "Sent to quality-inspection by NOTIFY_QI: 1 findings.\n"
    assert "due soon: 0" in shell("sla", "--as-of", "2026-11-04T00:01:00+08:00", code=4)
    assert "due soon: 1" in shell("sla", "--as-of", "2026-11-04T23:00:00+08:00", code=4)
    again = shell("notify", "--as-of", "2026-11-04T23:00:00+08:00", "--department", "quality-inspection")
    assert again == "Nothing new to tell.\n"


def test_what_is_due_later_stands_under_due_next(shell: Shell, endpoint: Endpoint) -> None:
    text = case(shell).read_text("utf-8").replace("2026-11-01T16", "2026-11-05T16").replace("20261101", "20261105")
    case(shell).unlink()
    path = shell.folder / "cases/2026/11/C-20261105-2M4XN.yml"
    path.write_text(text, "utf-8")
    shell("notify", "--as-of", "2026-11-06T23:00:00+08:00")
    [one] = endpoint.taken
    assert one["title"] == "Complaint deadlines of Customer Service: 1 due today"
    endpoint.taken.clear()
    shell("notify", "--as-of", "2026-11-09T01:00:00+08:00")
    [one] = endpoint.taken
    assert one["title"] == "Complaint deadlines of Customer Service: 1 overdue, 2 due today"


def test_a_new_status_is_told(shell: Shell, endpoint: Endpoint) -> None:
    shell("notify", "--as-of", AT)
    record(shell, VERIFIED)
    shell("notify", "--as-of", AT)
    assert [one["title"] for one in endpoint.taken] == [
        TITLE,
        "Complaint deadlines of Customer Service: 1 broken",
        "投诉处理时限 · 质检部：1 项今日到期",
    ]


def test_duties_are_told_with_the_page_where_they_are(shell: Shell, endpoint: Endpoint) -> None:
    edit(shell, "quality-inspection:", "complaint-team:")
    shell("notify", "--as-of", "2026-12-08T09:00:00+08:00", "--department", "complaint-team")
    [one] = endpoint.taken
    assert (
        "- 2026-11 月度汇总报告，2026-12-07 24:00 到期\n  https://complaints.example.cn/zh/obligations/index.html"
        in (one["message"])
    )


def test_without_the_address_of_the_site_there_are_no_links(shell: Shell, endpoint: Endpoint) -> None:
    edit(shell, "site: https://complaints.example.cn/\n", "")
    shell("notify", "--as-of", AT)
    [one] = endpoint.taken
    assert "http" not in one["message"]
    assert one["message"].count("\n- C-20261101-2M4XN ") == 3


def test_a_site_in_one_language_is_linked_in_that_one(shell: Shell, endpoint: Endpoint) -> None:
    edit(shell, "languages: [en, zh]", "languages: [en]")
    edit(shell, "language: en", "language: zh")
    shell("notify", "--as-of", AT)
    [one] = endpoint.taken
    assert "全部待办：https://complaints.example.cn/en/departments/customer-service.html" in one["message"]


def test_nothing_that_anybody_wrote_goes_out(shell: Shell, endpoint: Endpoint) -> None:
    """A word in every field that takes one, of the case and of the record of a duty, leaves the machine nowhere."""
    path = case(shell)
    text = path.read_text("utf-8").replace("Kartongen", MARKER)
    text = text.replace(
        "consumer:",
        f"order: {{platform: {MARKER}, number: {MARKER}, placed: 2026-10-01, quantity: 1}}\n"
        f"product: {{sku: {MARKER}, model: {MARKER}, specification: {MARKER}, name: {MARKER}, batch: {MARKER},"
        f" supplier: {MARKER}}}\n"
        f"carrier: {{name: {MARKER}, tracking: {MARKER}}}\n"
        f"translation: {{en: {MARKER}}}\nconsumer:",
    ).replace("U-9K3M7P2XQA", "U-MARK3R0000")
    events = VERIFIED.replace("complete: true", f"complete: true\n    note: {MARKER}")
    path.write_text(
        text + events.replace("type: investigation-started", f"type: investigation-started\n    plan: {MARKER}"),
        "utf-8",
    )
    assert shell("check").startswith("Cases checked: 1. Errors: 0.") or "Errors: 0" in shell("check")
    shown = shell("notify", "--as-of", "2026-11-06T10:00:00+08:00", "--dry-run")
    shell("notify", "--as-of", "2026-11-06T10:00:00+08:00")
    assert endpoint.taken
    out = json.dumps(endpoint.taken, ensure_ascii=False) + shown + json.dumps(remembered(shell))
    assert "C-20261101-2M4XN" in out
    assert (MARKER in out, "MARK3R" in out) == (False, False)


class OnAnyPort(Controller):
    """A mail server that takes whichever port is free."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd gives its own no types


def test_a_mail_server_takes_the_digest(shell: Shell) -> None:
    taken: list[tuple[str, list[str], EmailMessage]] = []

    class Taking(Handler):
        def handle_message(self, message: Any) -> None:
            read = message_from_bytes(message.as_bytes(), policy=policy.default)
            taken.append((message["X-MailFrom"], message["X-RcptTo"].split(", "), read))

    server = OnAnyPort(Taking(), hostname="127.0.0.1", port=0, ready_timeout=100)
    server.start()
    try:
        shell.environment["NOTIFY_CS"] = (
            f"mailto://127.0.0.1:{server.port}?from=ledger@example.cn&to=cs@example.cn,lead@example.cn&mode=insecure&cto=100&rto=100"
        )
        shell("notify", "--as-of", AT)
    finally:
        server.stop()
    assert sorted(recipient for _, recipients, _ in taken for recipient in recipients) == [
        "cs@example.cn",
        "lead@example.cn",
    ]
    message = taken[0][2]
    assert message["Subject"] == TITLE
    body = message.get_body(("plain", "html"))
    assert body is not None
    said = re.sub(r"<[^>]+>|\s+", "", str(body.get_content()))
    assert "C-20261101-2M4XNFirstresponse,due2026-11-0324:00" in said


# in working hours


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        ("2026-11-07T10:00:00+08:00", False),  # a Saturday
        ("2026-11-09T10:00:00+08:00", True),
        ("2026-10-10T10:00:00+08:00", True),  # a Saturday on which people work
        ("2026-10-01T10:00:00+08:00", False),  # a holiday
    ],
)
def test_outside_working_days_nothing_is_sent_and_everything_waits(
    shell: Shell, endpoint: Endpoint, at: str, sent: bool
) -> None:
    path = case(shell)
    path.write_text(path.read_text("utf-8").replace("2026-11-01T16", "2026-09-01T16"), "utf-8")
    said = shell("notify", "--as-of", at)
    assert bool(endpoint.taken) is sent
    if not sent:
        day = at[:10]
        assert said == (
            f"{day} 10:00:00 is outside working hours (calendar CN): nothing is sent. Digests that wait: 1.\n"
        )
        assert not (shell.folder / ".cache/caseledger/notices.json").exists()
        shell("notify", "--as-of", "2026-11-09T10:00:00+08:00")
        assert len(endpoint.taken) == 1


@pytest.mark.parametrize(
    ("week", "of_notices", "at", "open_"),
    [
        (["09:00-12:00", "13:30-18:00"], None, "08:59:59", False),
        (["09:00-12:00", "13:30-18:00"], None, "09:00:00", True),
        (["09:00-12:00", "13:30-18:00"], None, "12:00:00", False),
        (["09:00-12:00", "13:30-18:00"], ["10:00-17:00"], "09:30:00", False),
        (["09:00-12:00", "13:30-18:00"], ["10:00-17:00"], "10:00:00", True),
        (["09:00-12:00", "13:30-18:00"], ["10:00-17:00"], "12:30:00", False),
        (True, ["10:00-17:00", "20:00-24:00"], "23:59:59", True),
        (True, ["10:00-17:00"], "17:00:00", False),
        (True, None, "00:00:00", True),
        (False, ["10:00-17:00"], "12:00:00", False),
    ],
)
def test_working_hours_are_those_of_the_calendar_and_of_the_settings(
    week: Any, of_notices: list[str] | None, at: str, open_: bool
) -> None:
    days = dict.fromkeys(calendar.WEEKDAYS, week)
    loaded = calendar.load(
        {"name": "X", "timezone": "Europe/Oslo", "week": days, "exceptions": [], "valid_through": "2026-12-31"}
    )
    notices = {"hours": of_notices} if of_notices else {}
    assert hours.at_work(loaded, notices, datetime.fromisoformat(f"2026-11-04T{at}+01:00")) is open_


def test_the_settings_choose_the_calendar(shell: Shell, endpoint: Endpoint) -> None:
    path = shell.folder / "policy/calendars/NO.yml"
    text = (shell.folder / "policy/calendars/CN.yml").read_text("utf-8")
    head = text.partition("exceptions:")[0].replace("name: CN", "name: NO").replace("Asia/Shanghai", "Europe/Oslo")
    path.write_text(head + "exceptions: []\n", "utf-8")
    edit(shell, "notices:\n", "notices:\n  calendar: NO\n  hours: [09:00-17:00]\n")
    assert shell("notify", "--as-of", "2026-11-04T15:59:00+08:00").startswith("2026-11-04 08:59:00 is outside working")
    assert shell("notify", "--as-of", "2026-11-04T16:00:00+08:00").startswith("Sent to customer-service")


# what breaks


def test_where_one_channel_is_down_the_other_departments_are_told(shell: Shell, endpoint: Endpoint) -> None:
    record(shell, VERIFIED)
    shell.environment["NOTIFY_CS"] = "json://127.0.0.1:1/token-of-the-channel"
    said = shell("notify", "--as-of", AT, code=2)
    assert "Sent to quality-inspection by NOTIFY_QI: 1 findings." in said
    assert (
        "Not sent to customer-service by NOTIFY_CS, the next run tries again: NOTIFY_CS (JSON) took nothing: " in said
    )
    assert remembered(shell)["told"].keys() == {"quality-inspection"}
    shell.environment["NOTIFY_CS"] = endpoint.address
    assert shell("notify", "--as-of", AT) == "Sent to customer-service by NOTIFY_CS: 2 findings.\n"
    assert len(endpoint.taken) == 2


def test_of_two_channels_of_a_department_only_the_one_that_was_down_is_told_again(
    shell: Shell, endpoint: Endpoint
) -> None:
    edit(shell, "channels: [NOTIFY_CS]", "channels: [NOTIFY_CS, NOTIFY_LEAD]")
    shell.environment["NOTIFY_LEAD"] = "json://127.0.0.1:1/x"
    shell("notify", "--as-of", AT, code=2)
    shell.environment["NOTIFY_LEAD"] = endpoint.address
    assert shell("notify", "--as-of", AT) == "Sent to customer-service by NOTIFY_LEAD: 3 findings.\n"
    assert [one["title"] for one in endpoint.taken] == [TITLE, TITLE]


def test_no_secret_of_an_address_is_ever_shown(shell: Shell, endpoint: Endpoint) -> None:
    endpoint.status = 500
    said = shell("notify", "--as-of", AT, code=2)
    assert "error=500" in said
    assert "token-of-the-channel" not in said
    said = shell("notify", "--as-of", AT, "--dry-run")
    assert "token-of-the-channel" not in said


@pytest.mark.parametrize(
    ("address", "said", "shown"),
    [
        ("wecombot://b0tk3y-of-ours", "POST b0tk3y-of-ours\nfailed", "POST … failed"),
        ("mailto://user:pa%24sword@h", "login user pa%24sword", "login … pa%…"),
        ("json://x/y", "no route", "no route"),
        ("json://x/y", "", "–"),
    ],
)
def test_what_a_service_says_is_shown_without_its_address(address: str, said: str, shown: str) -> None:
    assert channels.without(address, said) == shown


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "The environment variable NOTIFY_CS is not set."),
        ("nonsense-of-secrets", "The environment variable NOTIFY_CS holds no address that Apprise knows."),
        ("nonsense://secret", "The environment variable NOTIFY_CS holds no address that Apprise knows."),
    ],
)
def test_an_address_that_is_none_is_named_by_its_variable(shell: Shell, address: str, said: str) -> None:
    shell.environment["NOTIFY_CS"] = address
    assert shell("notify", "--as-of", AT, code=2) == (
        f"Not sent to customer-service by NOTIFY_CS, the next run tries again: {said}\n"
    )


def test_departments_without_a_channel_are_named(shell: Shell) -> None:
    edit(shell, "customer-service:", "legal:")
    said = shell("notify", "--as-of", AT, "--dry-run", code=0)
    assert said == "Nothing new to tell.\n"
    shell.environment["NOTIFY_QI"] = ""
    record(shell, VERIFIED)
    said = shell("notify", "--as-of", AT, code=2)
    assert "The settings name no channels for customer-service. Findings that nobody is told: 2.\n" in said


def test_settings_without_notices_and_departments_without_channels_are_refused(shell: Shell) -> None:
    assert shell("notify", "--department", "legal", code=2) == (
        "Error: The settings name no channels for legal; they do for: customer-service, quality-inspection.\n"
    )
    edit(shell, NOTICES, "")
    assert shell("notify", code=2) == (
        "Error: The settings name no channels: caseledger.yml has no notices."
        " docs/notices.md says what to write there.\n"
    )


NEWER = '{"version": 2, "told": []}'
DAMAGED = [
    "",
    "{",
    "[]",
    "\x00",
    '{"version": 1}',
    '{"version": true, "told": {}}',
    '{"version": 1, "told": {"a": 1}}',
    '{"version": 1, "told": {"a": {"b": {"c": "yesterday"}}}}',
    '{"version": 1, "told": {"a": {"b": {"c": 3}}}}',
    '{"version": 1, "told": {"a": {"b": ["c"]}}}',
    "[" * 100_000,
]


@pytest.mark.parametrize("text", [NEWER, *DAMAGED], ids=range(len(DAMAGED) + 1))
def test_a_memory_that_cannot_be_understood_is_put_aside_and_named(
    shell: Shell, endpoint: Endpoint, text: str, tmp_path: Path
) -> None:
    state = tmp_path / "told.json"
    state.write_text(text, "utf-8")
    why = "was written by a later version of caseledger" if text == NEWER else "is damaged"
    found = Memory(state)
    assert found.unread is not None
    assert found.unread.to("en") == f"{state} {why}."
    assert found.open([], NOW) == tmp_path / "told.json.unread-1"
    assert (tmp_path / "told.json.unread-1").read_text("utf-8") == text
    assert Memory(state).unread is None


def test_a_damaged_memory_costs_one_digest(shell: Shell, endpoint: Endpoint) -> None:
    shell("notify", "--as-of", AT)
    state = shell.folder / ".cache/caseledger/notices.json"
    for number in (1, 2):
        state.write_text("{", "utf-8")
        assert "Sent to customer-service" in shell("notify", "--as-of", AT)
        assert (state.parent / f"notices.json.unread-{number}").read_text("utf-8") == "{"
        assert shell("notify", "--as-of", AT) == "Nothing new to tell.\n"
    assert len(endpoint.taken) == 3


def test_a_dry_run_names_a_damaged_memory_and_leaves_it(shell: Shell) -> None:
    state = shell.folder / "told.json"
    state.write_text("{", "utf-8")
    shell("notify", "--as-of", AT, "--dry-run", "--state", "told.json")
    assert state.read_text("utf-8") == "{"


def test_where_nothing_can_be_remembered_nothing_is_sent(shell: Shell, endpoint: Endpoint) -> None:
    said = shell("notify", "--as-of", AT, "--state", "caseledger.yml/told.json", code=2)
    assert "caseledger.yml/told.json cannot be" in said
    assert endpoint.taken == []


def test_a_run_that_cannot_remember_what_it_sent_ends_with_one_digest_too_many(tmp_path: Path) -> None:
    """The disk fails between sending and remembering: only what was just sent comes again."""
    state = tmp_path / "folder" / "told.json"
    sent: list[str] = []

    def send(channel: str, digest: Digest) -> None:
        sent.append(channel)
        if channel == "B" and len(sent) == 2:
            state.unlink()
            state.mkdir()

    kept = Memory(state)
    kept.open([], NOW)
    planned = [run.Due(name, name, [item("k", name)], Digest("t", "b")) for name in "ABC"]
    with pytest.raises(CannotGoOn):
        list(run.deliver(planned, kept, send, NOW))
    assert sent == ["A", "B"]


def test_what_was_told_long_ago_is_forgotten_unless_it_still_is_so(tmp_path: Path) -> None:
    kept = Memory(tmp_path / "told.json")
    kept.tell("d", "C", ["still", "gone"], NOW - memory.KEPT - timedelta(days=1))
    kept.tell("d", "C", ["lately"], NOW)
    kept.open(["still"], NOW)
    assert sorted(Memory(tmp_path / "told.json").told("d", "C")) == ["lately", "still"]


# each finding once per status, whatever happens


def item(key: str, department: str) -> Item:
    status = Status.OVERDUE if key.endswith("overdue") else Status.DUE_SOON
    return Item(key, department, POLICY, status, NOW, {"en": "Title", "zh": "题"}, key.partition("/")[0], case=True)


ROOT = Path(__file__).parents[1]
RULES = Rulebook(ROOT)
_policy = RULES.policy("quality@2023-01-01")
assert _policy
POLICY = _policy
CN = RULES.calendar("CN")
KEYS = [f"C-20261101-0000{n}/1/response/{status}" for n in range(3) for status in ("overdue", "due-soon")]
WANTED = {"a": {"channels": ["A1", "A2"]}, "b": {"channels": ["B1"]}}
RUNS = st.lists(
    st.tuples(
        st.sets(st.tuples(st.sampled_from(KEYS), st.sampled_from(["a", "b"]))),
        st.sets(st.sampled_from(["A1", "A2", "B1"])),
        st.booleans(),
    ),
    max_size=8,
)


class Cut(BaseException):
    """The run is killed."""


@settings(max_examples=60, deadline=None)
@given(RUNS, st.data())
def test_each_finding_is_told_once_per_status_and_channel(
    tmp_path_factory: pytest.TempPathFactory, runs: Any, data: st.DataObject
) -> None:
    """Channels fail, findings come and go, runs are killed: only a killed run may repeat, and only one digest."""
    state = tmp_path_factory.mktemp("state") / "told.json"
    told: dict[tuple[str, str, str], int] = {}
    kills = 0
    for number, (current, down, killed) in enumerate(runs):
        kept = Memory(state)
        found = [item(key, department) for key, department in sorted(current)]
        planned = list(run.plan(found, WANTED, kept, RULES, CN, NOW))
        kill_at = data.draw(st.integers(0, len(planned))) if killed else None
        count = 0

        def send(
            channel: str, digest: Digest, down: Any = down, at: int | None = kill_at, planned: Any = planned
        ) -> None:
            nonlocal count
            if channel in down:
                raise Undelivered(Text("down"))
            due = next(one for one in planned if one.channel == channel and one.digest is digest)
            for one in due.items:
                told[due.department, channel, one.key] = told.get((due.department, channel, one.key), 0) + 1
            count += 1
            if count == at:
                raise Cut

        try:
            kept.open({one.key for one in found}, NOW + timedelta(hours=number))
            outcomes = list(run.deliver(planned, kept, send, NOW + timedelta(hours=number)))
        except Cut:
            kills += 1
        else:
            failed = {(one.due.department, one.due.channel) for one in outcomes if one.failure}
            assert {channel for _, channel in failed} <= down
            for department, wanted in WANTED.items():
                for channel in wanted["channels"]:
                    for one in found:
                        if one.department == department and channel not in down:
                            assert (department, channel, one.key) in told
    repeated = sum(times - 1 for times in told.values())
    assert kills or repeated == 0
    assert max(told.values(), default=1) <= 1 + kills


def planned_keys(planned: Sequence[run.Due]) -> list[str]:
    return [one.key for due in planned for one in due.items]


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(KEYS), min_size=1))
def test_losing_the_memory_repeats_one_digest(tmp_path_factory: pytest.TempPathFactory, keys: set[str]) -> None:
    state = tmp_path_factory.mktemp("state") / "told.json"
    found = [item(key, "b") for key in sorted(keys)]
    for _ in range(2):
        state.unlink(missing_ok=True)
        kept = Memory(state)
        planned = list(run.plan(found, WANTED, kept, RULES, CN, NOW))
        assert (len(planned), sorted(planned_keys(planned))) == (1, sorted(keys))
        assert [sent.failure for sent in run.deliver(planned, kept, lambda *_: None, NOW)] == [None]
        assert list(run.plan(found, WANTED, Memory(state), RULES, CN, NOW)) == []


def test_over_a_week_of_runs_the_shipped_cases_are_told_once_per_status(root: Path, tmp_path: Path) -> None:
    """Every six hours; the order of the runs is that of time, as of a CI that is late but never goes back."""
    from caseledger.notify import items

    roles = {role for policy in map(RULES.policy, RULES.policy_names) if policy for role in policy.roles}
    wanted = {role: {"channels": ["X"]} for role in sorted(roles | {"responsible-department"})}
    kept = Memory(tmp_path / "told.json")
    seen: set[tuple[str, str]] = set()
    moment = datetime(2026, 11, 16, 1, tzinfo=UTC)
    while moment < datetime(2026, 11, 21, tzinfo=UTC):
        found = items.gather(RULES, CN, moment)
        for due in run.plan(found, wanted, kept, RULES, CN, moment):
            keys = {(due.department, one.key) for one in due.items}
            assert not keys & seen
            seen |= keys
            kept.tell(due.department, due.channel, [one.key for one in due.items], moment)
        assert {(one.department, one.key) for one in found} <= seen
        moment += timedelta(hours=6)
    assert len(seen) > 20
