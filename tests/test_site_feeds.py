"""What people subscribe to, read by parsers that others wrote: vobject, feedparser, and the library that writes."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from caseledger import site
from caseledger.audience import Audience
from caseledger.rulebook import Rulebook
from caseledger.site import atom, deadlines, duties, feeds, timed
from caseledger.site.atom import Entry
from caseledger.site.deadlines import Appointment
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.words import Words
from tests import casework
from tests.casework import CASE, JSON, case, event
from tests.test_obligations import RECORD

SITE = "site: https://complaints.example.cn\n"
VERIFIED = event("2026-11-04 10:00", "verified", in_scope=True, complete=True)
ASKED = event("2026-11-04 11:00", "information-requested", what="A picture")
ANSWERED = event("2026-11-06 11:00", "information-received")
STARTED = event("2026-11-04 10:30", "investigation-started")
WITHDRAWN = event("2026-11-06 09:00", "withdrawn", reason="Found it")
MARKER = "ZAUBERWORT"
AT = datetime(2026, 11, 3, 4, tzinfo=UTC)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text.replace(' ', 'T')}:00+08:00")


def made(root: Path, now: datetime, *cases: JSON, language: str = "en") -> dict[str, str]:
    """All feeds of a repository with these cases, as text, by path."""
    rows = casework.stamp(root, *cases, now=now)
    rulebook = Rulebook(root)
    writer = Writer(root / "docs", Names(rulebook, Words(language)), now)
    feeds.write(writer, rows, duties.judged(rulebook, rows, now))
    return {path: file.make() for path, file in writer.files.items()}


def events(text: str) -> dict[str, Any]:
    """The events of a calendar by UID, as vobject reads them; icalendar reads the same."""
    read = vobject.readOne(text)
    found = {one.uid.value.removesuffix("@caseledger"): one for one in read.contents.get("vevent", ())}
    ours = {
        str(one["uid"]).removesuffix("@caseledger"): one for one in icalendar.Calendar.from_ical(text).walk("VEVENT")
    }
    assert found.keys() == ours.keys()
    for uid, one in found.items():
        assert one.summary.value == str(ours[uid]["summary"])
        assert one.dtstart.value == ours[uid].decoded("dtstart")
        assert one.status.value == str(ours[uid]["status"])
        assert int(one.sequence.value) == ours[uid]["sequence"]
    return found


def service(root: Path, now: str, *of_case: JSON, role: str = "customer-service") -> dict[str, Any]:
    """The events of a department's calendar about the one case, by clock."""
    found = events(made(root, moment(now), case(*of_case))[feeds.calendar_of(role)])
    return {uid.removeprefix(f"{CASE}/1/"): one for uid, one in found.items() if uid.startswith(CASE)}


def states(found: dict[str, Any]) -> dict[str, str]:
    return {uid: one.status.value for uid, one in found.items()}


# calendars


def test_a_running_clock_is_an_event_of_its_last_day_with_an_alarm_in_the_morning(repository: Path) -> None:
    found = service(repository, "2026-11-03 12:00")
    assert states(found) == dict.fromkeys(("verification", "response", "investigation-start"), "CONFIRMED")
    one = found["verification"]
    assert (one.summary.value, one.description.value) == (
        f"{CASE} Initial verification",
        "Due 2026-11-04 24:00 (A10)",
    )
    assert (one.dtstart.value, one.dtend.value) == (date(2026, 11, 4), date(2026, 11, 5))
    assert one.valarm.trigger.value == timedelta(hours=9)
    assert one.transp.value == "TRANSPARENT"


def test_a_moment_of_the_day_is_the_half_hour_before_it(repository: Path) -> None:
    graded = event("2026-11-03 10:00", "graded", grade="major", reason="Widespread")
    one = service(repository, "2026-11-03 10:05", graded)["report-up"]
    assert one.dtend.value == moment("2026-11-03 10:30")
    assert one.dtstart.value == moment("2026-11-03 10:00")
    assert one.valarm.trigger.value == timedelta(minutes=-30)


def test_a_clock_that_stops_is_called_off_and_in_time_forgotten(repository: Path) -> None:
    running = service(repository, "2026-11-03 12:00")
    stopped = service(repository, "2026-11-04 12:00", VERIFIED)
    assert states(stopped)["verification"] == "CANCELLED"
    assert states(stopped)["response"] == "CONFIRMED"
    assert (int(running["verification"].sequence.value), int(stopped["verification"].sequence.value)) == (1, 2)
    assert stopped["verification"].dtstamp.value == moment("2026-11-04 10:00")
    assert stopped["verification"].dtstart.value == running["verification"].dtstart.value
    assert "valarm" not in stopped["verification"].contents
    assert "verification" in service(repository, "2026-11-18 10:00", VERIFIED)
    assert "verification" not in service(repository, "2026-11-18 10:01", VERIFIED)
    assert states(service(repository, "2026-11-18 10:01", VERIFIED))["response"] == "CONFIRMED"


def test_all_clocks_of_a_case_that_ends_are_called_off(repository: Path) -> None:
    assert set(states(service(repository, "2026-11-06 10:00", VERIFIED, WITHDRAWN)).values()) == {"CANCELLED"}
    assert service(repository, "2026-11-20 10:00", VERIFIED, WITHDRAWN) == {}


def test_a_paused_clock_is_called_off_until_it_runs_again(repository: Path) -> None:
    inspection = "quality-inspection"
    before = service(repository, "2026-11-04 10:45", VERIFIED, STARTED, role=inspection)["investigation"]
    waiting = service(repository, "2026-11-04 12:00", VERIFIED, STARTED, ASKED, role=inspection)["investigation"]
    after = service(repository, "2026-11-06 12:00", VERIFIED, STARTED, ASKED, ANSWERED, role=inspection)[
        "investigation"
    ]
    assert [one.status.value for one in (before, waiting, after)] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert [int(one.sequence.value) for one in (before, waiting, after)] == [3, 4, 5]
    assert before.uid.value == waiting.uid.value == after.uid.value
    assert (before.dtstart.value, after.dtstart.value) == (date(2026, 11, 5), date(2026, 11, 6))


def test_what_is_long_overdue_is_on_the_page_alone(repository: Path) -> None:
    assert "verification" in service(repository, "2026-12-04 23:00")
    assert service(repository, "2026-12-05 01:00").keys() == {"response", "investigation-start"}


def test_a_calendar_holds_the_first_that_are_due(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_EVENTS", 2)
    assert service(repository, "2026-11-03 12:00").keys() == {"verification", "investigation-start"}


def test_each_department_has_a_calendar_even_an_empty_one(repository: Path) -> None:
    found = made(repository, moment("2026-11-03 12:00"), case())
    policy = Rulebook(repository).policy("quality@2023-01-01")
    assert policy
    assert {feeds.calendar_of(role) for role in policy.roles} <= found.keys()
    assert events(found[feeds.calendar_of("marketing")]) == {}
    read = vobject.readOne(found[feeds.calendar_of("customer-service")])
    assert read.contents["x-wr-calname"][0].value == "Deadlines of Customer Service"


def test_duties_are_events_and_called_off_once_there_is_a_record(repository: Path) -> None:
    def report(now: str) -> Any:
        found = events(made(repository, moment(now), case())[feeds.calendar_of("complaint-team")])
        return found.get("quality/monthly-report/2026-11")

    assert report("2026-11-30 12:00") is None
    one = report("2026-12-02 12:00")
    assert (one.status.value, one.summary.value, one.dtstart.value, int(one.sequence.value)) == (
        "CONFIRMED",
        "Monthly report 2026-11",
        date(2026, 12, 7),
        0,
    )
    path = repository / "reviews/2026/quality-monthly-report-2026-11.yml"
    path.parent.mkdir(parents=True)
    path.write_text(RECORD, "utf-8")
    one = report("2026-12-04 12:00")
    assert (one.status.value, int(one.sequence.value)) == ("CANCELLED", 1)
    assert report("2026-12-18 12:00") is None


def test_events_link_to_the_site_where_its_address_is_known(repository: Path) -> None:
    assert "url" not in service(repository, "2026-11-03 12:00")["response"].contents
    (repository / "caseledger.yml").write_text((repository / "caseledger.yml").read_text("utf-8") + SITE, "utf-8")
    link = service(repository, "2026-11-03 12:00")["response"].url.value
    assert link == f"https://complaints.example.cn/en/cases/2026/11/{CASE}.html"


TITLES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=120)


@settings(deadline=None)
@given(TITLES, TITLES)
def test_any_title_stays_the_title_of_its_event(name: str, title: str) -> None:
    one = Appointment("a@caseledger", title, title, moment("2026-11-04 00:00"), False, 3, AT, None)
    text = deadlines.calendar(name, [one, Appointment("b@caseledger", "b", "b", AT, True, 1, AT, None)])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    read = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert [str(found["uid"]) for found in read] == ["a@caseledger", "b@caseledger"]
    assert str(read[0]["summary"]) == title


# feeds


def parsed(text: str) -> Any:
    read = feedparser.parse(text.encode())
    assert read.bozo is False
    assert read.version == "atom10"
    return read


def test_the_feed_of_broken_deadlines(repository: Path) -> None:
    (repository / "caseledger.yml").write_text((repository / "caseledger.yml").read_text("utf-8") + SITE, "utf-8")
    read = parsed(made(repository, moment("2026-11-06 12:00"), case())[feeds.BREACHES])
    assert (read.feed.title, read.feed.author) == ("Newly broken deadlines", "North Shore Outdoor Ltd.")
    assert {link.rel: link.href for link in read.feed.links} == {
        "self": "https://complaints.example.cn/en/feeds/breaches.xml",
        "alternate": "https://complaints.example.cn/en/index.html",
    }
    assert [(one.title, one.updated, one.content[0].value, one.link) for one in read.entries] == [
        (
            f"{CASE} {title}",
            f"2026-11-{day + 1:02}T00:00:00+08:00",
            f"Customer Service: due 2026-11-{day:02} 24:00 ({clause})",
            f"https://complaints.example.cn/en/cases/2026/11/{CASE}.html",
        )
        for title, day, clause in (
            ("First response", 5, "A11"),
            ("Start of investigation", 5, "A11"),
            ("Initial verification", 4, "A10"),
        )
    ]
    assert read.feed.updated == "2026-11-06T00:00:00+08:00"


def test_an_entry_stays_the_same_when_somebody_acts_at_last(repository: Path) -> None:
    def entry(now: str, *of_case: JSON) -> tuple[str, ...]:
        read = parsed(made(repository, moment(now), case(*of_case))[feeds.BREACHES])
        [one] = [one for one in read.entries if "verification" in one.title]
        return one.id, one.updated, one.content[0].value

    late = event("2026-11-06 10:00", "verified", in_scope=True, complete=True)
    assert entry("2026-11-05 12:00") == entry("2026-11-06 12:00", late) == entry("2026-11-07 12:00", late)


def test_what_is_kept_is_in_no_feed(repository: Path) -> None:
    read = parsed(made(repository, moment("2026-11-05 12:00"), case(VERIFIED, STARTED))[feeds.BREACHES])
    assert [one.title for one in read.entries] == []
    assert read.feed.updated == "2023-01-01T00:00:00+00:00"


def test_the_feed_of_ended_cases(repository: Path) -> None:
    other = "C-20261102-2M4XN"
    received = event("2026-11-02 09:00", "received")
    declined = event("2026-11-03 09:00", "declined", reason="Not ours")
    both = case(VERIFIED, WITHDRAWN), case(received, declined, case_id=other)
    read = parsed(made(repository, moment("2026-11-22 12:00"), *both, language="zh")[feeds.ENDED])
    assert [(one.title, one.updated) for one in read.entries] == [
        (f"{CASE} 已撤回", "2026-11-06T09:00:00+08:00"),
        (f"{other} 不予受理", "2026-11-03T09:00:00+08:00"),
    ]
    assert [one.link for one in read.entries] == [
        f"../cases/2026/11/{CASE}.html",
        f"../cases/2026/11/{other}.html",
    ]


def test_a_feed_holds_the_newest(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    read = parsed(made(repository, moment("2026-11-06 12:00"), case())[feeds.BREACHES])
    assert {one.title for one in read.entries} == {f"{CASE} First response", f"{CASE} Start of investigation"}


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_title_stays_the_title_of_its_entry(title: str) -> None:
    text = atom.feed("k", title, title, "../a", "b", "zh", [Entry("e", title, title, AT, "../c")])
    held = re.sub("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]", "\ufffd", title)
    read = etree.fromstring(text.encode())
    names = {"a": "http://www.w3.org/2005/Atom"}
    said = [
        read.findtext(path, "", names)
        for path in ("a:title", "a:author/a:name", "a:entry/a:title", "a:entry/a:content")
    ]
    assert said == [held.replace("\r\n", "\n").replace("\r", "\n")] * 4
    assert parsed(text).entries[0].id.startswith("urn:uuid:")


# all of them


def test_no_word_of_a_case_is_in_a_feed(repository: Path) -> None:
    names = {
        "summary": MARKER,
        "description": MARKER,
        "translation": {"en": MARKER},
        "consumer": {"ref": "U-MARK3R0000"},
    }
    of_case = (event("2026-11-04 10:00", "verified", in_scope=True, complete=True, note=MARKER), WITHDRAWN)
    said = "".join(made(repository, moment("2026-11-06 12:00"), case(*of_case, case_id=CASE, **names)).values())
    assert CASE in said
    assert (MARKER in said, "MARK3R" in said) == (False, False)


def test_what_is_packed_reads_back(repository: Path) -> None:
    [row] = casework.stamp(repository, case(VERIFIED, STARTED, ASKED), now=moment("2026-11-04 12:00"))
    found = {one.clock: one for one in timed.unpacked(row.timed)}
    assert found["verification"] == timed.Timed(
        1, "verification", "customer-service", found["verification"].status, moment("2026-11-05 00:00"),
        moment("2026-11-04 10:00"), 4, moment("2026-11-04 11:00"),
    )  # fmt: skip
    assert (found["investigation"].due, found["investigation"].stop) == (None, None)


def _written(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.suffix == ".ics" or path.parent.name == "feeds")


def test_a_build_writes_only_what_has_changed_and_nothing_for_everybody(repository: Path) -> None:
    casework.put(repository, case())
    out = repository / "build/site"
    site.build(repository, out, moment("2026-11-03 12:00"), searchable=False)
    before = {path: path.stat().st_mtime_ns for path in _written(out)}
    assert {path.relative_to(out).parts[0] for path in before} == {"zh", "en"}
    casework.put(repository, case(event("2026-11-03 11:00", "responded", via="email")))
    site.build(repository, out, moment("2026-11-03 12:05"), searchable=False)
    changed = {path.relative_to(out).as_posix() for path, at in before.items() if path.stat().st_mtime_ns != at}
    assert changed == {f"{language}/departments/customer-service/deadlines.ics" for language in ("zh", "en")}
    home = (out / "en/index.html").read_text("utf-8")
    assert home.count('alternate" type="application/atom+xml"') == 4
    page = (out / "en/departments/customer-service.html").read_text("utf-8")
    assert '<a rel="alternate" type="text/calendar" href="customer-service/deadlines.ics">' in page
    for_all = repository / "build/public"
    site.build(repository, for_all, moment("2026-11-03 12:05"), searchable=False, audience=Audience.PUBLIC)
    assert list(_written(for_all)) == []
    assert not any("feeds/" in path.read_text("utf-8") for path in for_all.rglob("*.html"))
