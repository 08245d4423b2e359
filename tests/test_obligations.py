"""Periodic duties and corrective actions: when they are due, who owes them, and what the commands say."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger import calendar, duration, lifecycle, model, obligations, period, review, reviews, yamltext
from caseledger.calendar import Calendar
from caseledger.obligations import Duty, Open
from caseledger.period import MONTHS, Period
from caseledger.review import Review
from caseledger.rulebook import Rulebook
from caseledger.site import duties
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.words import Words
from tests import mini
from tests.conftest import ROOT
from tests.test_cli import NEW, Shell

DAY = timedelta(days=1)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
PERIODS = st.builds(period.around, st.sampled_from(sorted(MONTHS)), DAYS)


def at(text: str) -> datetime:
    """A moment in China: "2026-11-03 09:12"."""
    return datetime.fromisoformat(f"{text}:00+08:00")


def day_of(due: datetime) -> str:
    """The day that a due time at 24:00 in China ends."""
    local = (due - timedelta(seconds=1)).astimezone(at("2026-01-01 00:00").tzinfo)
    assert f"{local:%H:%M:%S}" == "23:59:59"
    return f"{local:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("text", "every", "first", "last"),
    [
        ("2026-10", "month", "2026-10-01", "2026-10-31"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2026-Q3", "quarter", "2026-07-01", "2026-09-30"),
        ("2026-H1", "half-year", "2026-01-01", "2026-06-30"),
        ("2026-H2", "half-year", "2026-07-01", "2026-12-31"),
        ("2026", "year", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, every: str, first: str, last: str) -> None:
    found = period.parse(text)
    assert (found.every, str(found.first), str(found.last), str(found)) == (every, first, last, text)


@pytest.mark.parametrize(
    "text", ["", "26-10", "2026-13", "2026-00", "2026-1", "2026-Q0", "2026-Q5", "2026-H3", "2026 "]
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        period.parse(text)


@given(PERIODS)
def test_a_period_is_read_as_it_is_written(found: Period) -> None:
    assert period.parse(str(found)) == found


@given(PERIODS)
def test_periods_follow_each_other_without_a_gap(found: Period) -> None:
    assert found.next.first == found.last + DAY
    assert list(period.between(found.every, found.first, found.next.last)) == [found, found.next]


@given(st.sampled_from(sorted(MONTHS)), DAYS)
def test_every_day_lies_in_the_period_around_it(every: str, day: date) -> None:
    found = period.around(every, day)
    assert found.first <= day <= found.last


@pytest.fixture(scope="session")
def china() -> Calendar:
    """The shipped calendar."""
    return Rulebook(ROOT).calendar("CN")


@pytest.mark.parametrize(
    ("text", "within", "due"),
    [
        ("2026-10", "5 wd", "2026-11-06"),  # ends on a Saturday
        ("2026-02", "5 wd", "2026-03-06"),  # Saturday 28 February was worked, but is the last day
        ("2026-09", "5 wd", "2026-10-13"),  # 1 to 7 October are holidays, Saturday 10 is worked
        ("2026-Q3", "10 wd", "2026-10-20"),
        ("2025-Q4", "10 wd", "2026-01-15"),  # 1 to 3 January are holidays, Sunday 4 is worked
        ("2025", "20 wd", "2026-01-29"),
        ("2025", "60 wd", "2026-04-01"),  # with Spring Festival in between
        ("2026-H1", "20 wd", "2026-07-28"),
        ("2026-04", "3 d", "2026-05-06"),  # the third is a holiday, as are the two after it
        ("2026-01", "1 mo", "2026-02-28"),
    ],
)
def test_worked_dates(china: Calendar, text: str, within: str, due: str) -> None:
    found, provisional = obligations.due(china, period.parse(text), duration.parse(within))
    assert (day_of(found), provisional) == (due, False)


def test_hours_are_counted_from_the_end_of_the_period(china: Calendar) -> None:
    found, _ = obligations.due(china, period.parse("2026-10"), duration.parse("36 h"))
    assert found == at("2026-11-02 12:00")


def test_beyond_the_reviewed_days_a_due_time_is_provisional(china: Calendar) -> None:
    found, provisional = obligations.due(china, period.parse("2026-12"), duration.parse("5 wd"))
    assert (day_of(found), provisional) == ("2027-01-07", True)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A calendar in China with some days closed, and some that are otherwise."""
    names = st.sets(st.sampled_from(calendar.WEEKDAYS), min_size=1)
    turned = draw(st.sets(st.dates(date(2025, 12, 1), date(2027, 12, 31)), max_size=60))
    week = {name: name in draw(names) for name in calendar.WEEKDAYS} | {"wed": True}
    return calendar.load(
        {
            "name": "RANDOM",
            "timezone": "Asia/Shanghai",
            "week": week,
            "valid_through": "2026-12-31",
            "exceptions": [{"date": str(day), "open": draw(st.booleans()), "name": "x"} for day in sorted(turned)],
        }
    )


@given(
    calendars(),
    st.builds(period.around, st.sampled_from(sorted(MONTHS)), st.dates(date(2026, 1, 1), date(2026, 12, 31))),
    st.integers(1, 70),
)
def test_working_days_are_those_after_the_last_day_of_the_period(days: Calendar, span: Period, number: int) -> None:
    day, left = span.last, number
    while left:
        day += DAY
        left -= bool(days.windows(day))
    found, provisional = obligations.due(days, span, duration.parse(f"{number} wd"))
    assert (day_of(found), provisional) == (str(day), day > date(2026, 12, 31))


@given(
    calendars(),
    st.builds(period.around, st.sampled_from(sorted(MONTHS)), st.dates(date(2026, 1, 1), date(2026, 12, 31))),
    st.integers(1, 70),
)
def test_days_end_on_a_working_day(days: Calendar, span: Period, number: int) -> None:
    day = span.last + number * DAY
    while not days.windows(day):
        day += DAY
    found, _ = obligations.due(days, span, duration.parse(f"{number} d"))
    assert day_of(found) == str(day)


JANUARY = Open("quality", at("2026-01-15 10:00"), at("2026-01-20 10:00"))


def record(kind: str, text: str, held: str, profile: str = "quality", **more: object) -> Review:
    """A record in memory."""
    return review.load({"kind": kind, "profile": profile, "period": text, "held": held, **more})


def judged(root: Path, now: str, *cases: Open, records: tuple[Review, ...] = ()) -> list[Duty]:
    """Every duty of a repository at a moment in China."""
    return list(obligations.judge(Rulebook(root), cases, records, at(now)))


def keys(duties: list[Duty]) -> list[str]:
    """Obligation, period, corrective action and status of each."""
    return [duty.key for duty in duties]


def test_a_new_repository_is_told_of_the_present_periods_only(repository: Path) -> None:
    assert keys(judged(repository, "2026-11-22 09:00")) == [
        "quality/monthly-report/2026-11/pending",
        "quality/quarterly-review/2026-Q4/pending",
    ]


def test_a_period_without_a_case_is_not_owed(repository: Path) -> None:
    assert keys(judged(repository, "2026-05-07 09:00", JANUARY)) == [
        "quality/monthly-report/2026-01/overdue",
        "quality/monthly-report/2026-05/pending",
        "quality/quarterly-review/2026-Q1/overdue",
        "quality/quarterly-review/2026-Q2/pending",
    ]


def test_a_case_that_is_still_open_makes_every_period_owed(repository: Path) -> None:
    found = judged(repository, "2026-04-20 09:00", JANUARY._replace(end=None))
    assert [duty.key for duty in found if duty.task.obligation.id == "monthly-report"] == [
        "quality/monthly-report/2026-01/overdue",
        "quality/monthly-report/2026-02/overdue",
        "quality/monthly-report/2026-03/overdue",
        "quality/monthly-report/2026-04/pending",
    ]


def test_periods_begun_before_the_day_in_the_settings_are_not_owed(repository: Path) -> None:
    settings = repository / "caseledger.yml"
    settings.write_text(settings.read_text("utf-8").replace("2026-01-01", "2026-01-02"), "utf-8")
    found = judged(repository, "2026-02-03 09:00", JANUARY)
    assert keys(found) == ["quality/monthly-report/2026-02/pending"]


def test_without_that_day_every_period_since_the_first_case_is_owed(repository: Path) -> None:
    settings = repository / "caseledger.yml"
    settings.write_text(settings.read_text("utf-8").replace("obligations_since: 2026-01-01\n", ""), "utf-8")
    found = judged(repository, "2025-06-03 09:00", Open("quality", at("2025-04-30 23:59"), at("2025-05-01 00:00")))
    assert keys(found) == [
        "quality/monthly-report/2025-04/overdue",
        "quality/monthly-report/2025-05/running",
        "quality/monthly-report/2025-06/pending",
        "quality/quarterly-review/2025-Q2/pending",
    ]


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("2026-01-31 23:59", "pending"),
        ("2026-02-01 00:00", "running"),
        ("2026-02-05 11:59", "running"),
        ("2026-02-05 12:00", "due-soon"),  # six days from the end of January to the due time, a quarter is 36 hours
        ("2026-02-07 00:00", "due-soon"),
        ("2026-02-07 00:01", "overdue"),
    ],
)
def test_a_duty_runs_from_the_end_of_its_period(repository: Path, now: str, status: str) -> None:
    assert keys(judged(repository, now, JANUARY))[0] == f"quality/monthly-report/2026-01/{status}"


@pytest.mark.parametrize(
    ("held", "now", "status"),
    [
        ("2026-02-06", "2026-02-06 08:00", "met"),
        ("2026-02-06", "2026-02-05 23:00", "due-soon"),  # not known yet
        ("2026-02-07", "2026-02-09 08:00", "late"),
    ],
)
def test_a_record_stops_it(repository: Path, held: str, now: str, status: str) -> None:
    found = judged(repository, now, JANUARY, records=(record("monthly-report", "2026-01", held),))
    assert keys(found)[0] == f"quality/monthly-report/2026-01/{status}"


def test_what_has_a_record_is_listed_though_not_owed(repository: Path) -> None:
    records = (
        record("quarterly-review", "2025-Q4", "2026-01-13"),
        record("drill", "2025", "2026-01-30", "platform-quality"),
        record("weekly-report", "2025-Q4", "2026-01-13"),
    )
    assert keys(judged(repository, "2026-02-02 09:00", records=records)) == [
        "platform-quality/regular-check/2026-Q1/pending",
        "platform-quality/training/2026/pending",
        "platform-quality/drill/2025/late",
        "platform-quality/drill/2026/pending",
        "quality/monthly-report/2026-02/pending",
        "quality/quarterly-review/2025-Q4/met",
        "quality/quarterly-review/2026-Q1/pending",
    ]


def test_the_version_in_force_at_the_end_of_a_period_judges_it(repository: Path) -> None:
    old, new = (repository / "policy/quality" / version for version in ("2023-01-01", "2026-02-15"))
    shutil.copytree(old, new)
    text = (new / "policy.yml").read_text("utf-8").replace('"2023-01-01"', '"2026-02-15"')
    (new / "policy.yml").write_text(
        text.replace("within: 5 wd\n    company_set: true\n  - id: quart", "within: 2 wd\n  - id: quart"), "utf-8"
    )
    found = judged(repository, "2026-03-02 09:00", JANUARY._replace(end=None))
    assert [
        (d.task.policy.name, str(d.task.period), day_of(d.due)) for d in found if d.task.period.every == "month"
    ] == [
        ("quality@2023-01-01", "2026-01", "2026-02-06"),
        ("quality@2026-02-15", "2026-02", "2026-03-03"),
        ("quality@2026-02-15", "2026-03", "2026-04-02"),
    ]


ACTION = {"id": "zip", "measure": "Other sliders", "owner": "supply-chain", "deadline": "2026-02-20", "acceptance": "x"}
DONE = {"on": "2026-02-18", "by": "sc-01", "evidence": "Test report"}


@pytest.mark.parametrize(
    ("verified", "now", "status"),
    [
        (None, "2026-02-05 09:00", "running"),
        (None, "2026-02-18 00:00", "due-soon"),
        (None, "2026-02-21 00:00", "due-soon"),
        (None, "2026-02-21 00:01", "overdue"),
        ("2026-02-20", "2026-02-19 12:00", "due-soon"),
        ("2026-02-20", "2026-02-20 09:00", "met"),
        ("2026-02-21", "2026-02-21 09:00", "late"),
    ],
)
def test_a_corrective_action_runs_to_its_verification(
    repository: Path, verified: str | None, now: str, status: str
) -> None:
    ended = {"verified": {"on": verified, "by": "qi-01", "as": "quality-inspection"}} if verified else {}
    written = record("monthly-report", "2026-01", "2026-02-05", actions=[{**ACTION, "done": DONE, **ended}])
    assert keys(judged(repository, now, JANUARY, records=(written,)))[:2] == [
        "quality/monthly-report/2026-01/met",
        f"quality/monthly-report/2026-01/zip/{status}",
    ]


def test_a_case_is_open_from_each_opening_to_its_end(shell: Shell, case: str) -> None:
    def append(event: str, moment: str, *more: str) -> None:
        shell("append", case, event, "--at", f"{moment}T10:00:00+08:00", "--by", "cs-01", *more)

    append("declined", "2026-11-05", "--set", "reason=No order of ours.")
    append("note", "2026-11-06", "--note", "Told.")
    append("reopened", "2026-11-10", "--set", "reason=Found it.")
    path = next(shell.folder.glob("cases/*/*/*.yml"))
    read = model.case(yamltext.read(path.read_bytes(), "x").data)
    state = lifecycle.fold(read, datetime(2026, 11, 20, tzinfo=UTC))
    assert list(obligations.opened(state)) == [
        Open("quality", at("2026-11-03 09:12"), at("2026-11-05 10:00")),
        Open("quality", at("2026-11-10 10:00"), None),
    ]


@pytest.fixture
def shell(repository: Path) -> Shell:
    """The commands in a repository."""
    return Shell(repository)


@pytest.fixture
def case(shell: Shell) -> str:
    """The number of a new case, received on 2026-11-03."""
    return str(shell(*NEW)).strip().rpartition("/")[2].removesuffix(".yml")


RECORD = """\
schema: 1
kind: monthly-report
profile: quality
period: 2026-11
held: 2026-12-03
by: ct-01
as: complaint-team
findings:
  - Three zips of one batch.
actions:
  - id: stop-s017
    measure: No new orders until the sliders are right
    sanction: {party: supplier, name: S-017, kind: suspend}
    owner: supply-chain
    deadline: 2026-12-10
    acceptance: The order system refuses an order.
"""


@pytest.fixture
def with_record(shell: Shell, case: str) -> Shell:
    """A repository with one case and one record."""
    path = shell.folder / "reviews/2026/quality-monthly-report-2026-11.yml"
    path.parent.mkdir(parents=True)
    path.write_text(RECORD, "utf-8")
    return shell


def cells(printed: str) -> Iterator[list[str]]:
    """The cells of what a command prints as tables."""
    for line in printed.splitlines():
        if line.strip() and "──" not in line:
            yield [cell.strip() for cell in line.strip().split("   ") if cell.strip()]


def test_obligations_lists_duties_and_actions(with_record: Shell) -> None:
    found = with_record("obligations", "--as-of", "2026-12-14T09:00:00+08:00")
    assert list(cells(found)) == [
        ["Profile", "Duty", "Period covered", "Due", "Held", "Status", "Record", "For"],
        ["quality", "Monthly report", "2026-11", "2026-12-07 24:00", "2026-12-03", "Met",
         "reviews/2026/quality-monthly-report-2026-11.yml", "Complaint Team"],
        ["quality", "Monthly report", "2026-12", "2027-01-07 24:00", "-", "Not started", "-", "Complaint Team"],
        ["quality", "Quarterly review meeting", "2026-Q4", "2027-01-14 24:00", "-", "Not started", "-",
         "Complaint Team"],
        ["Profile", "Corrective action", "Period covered", "Due", "Verified on", "Status", "For", "Measure"],
        ["quality", "stop-s017", "2026-11", "2026-12-10 24:00", "-", "Overdue", "Supply Chain",
         "Suspension (S-017): No new orders until the sliders are right"],
    ]  # fmt: skip


def test_obligations_of_one_profile(with_record: Shell) -> None:
    assert with_record("obligations", "--profile", "trade") == ""
    assert with_record("obligations", "--profile", "trad", code=2) == (
        "Error: There is no policy/trad/<version>/policy.yml.\n"
    )


def test_obligations_for_programs(with_record: Shell) -> None:
    found = json.loads(with_record("obligations", "--format", "json", "--as-of", "2026-12-14T09:00:00+08:00"))
    assert [entry["key"] for entry in found] == [
        "quality/monthly-report/2026-11/met",
        "quality/monthly-report/2026-11/stop-s017/overdue",
        "quality/monthly-report/2026-12/pending",
        "quality/quarterly-review/2026-Q4/pending",
    ]
    assert found[1] == {
        "key": "quality/monthly-report/2026-11/stop-s017/overdue",
        "profile": "quality",
        "obligation": "monthly-report",
        "period": "2026-11",
        "action": "stop-s017",
        "measure": "No new orders until the sliders are right",
        "sanction": {"party": "supplier", "name": "S-017", "kind": "suspend"},
        "path": "reviews/2026/quality-monthly-report-2026-11.yml",
        "clause": "A15",
        "owner": "supply-chain",
        "status": "overdue",
        "start": "2026-12-03T00:00:00+08:00",
        "due": "2026-12-11T00:00:00+08:00",
        "stop": None,
        "provisional": False,
    }
    assert (found[2]["path"], found[2]["provisional"]) == ("policy/quality/2023-01-01/policy.yml", True)


def test_sla_tells_of_them_after_the_cases(with_record: Shell, case: str) -> None:
    path = next(with_record.folder.glob("cases/*/*/*.yml"))
    path.unlink()
    found = with_record("sla", "--as-of", "2026-12-14T09:00:00+08:00", code=4)
    assert found == (
        "Overdue: stop-s017 from Monthly report 2026-11 (quality/monthly-report, A15), Supply Chain,"
        " due 2026-12-10 24:00: Suspension (S-017): No new orders until the sliders are right\n"
        "Cases: 0. Clocks overdue: 0; broken in open cases: 0; due soon: 0.\n"
        "Obligations and corrective actions overdue: 1; due soon: 0.\n"
    )


def test_sla_says_when_a_record_is_missing(shell: Shell, case: str) -> None:
    found = str(shell("sla", "--as-of", "2026-12-08T09:00:00+08:00", code=4)).splitlines()
    assert found[-3:] == [
        "Overdue: Monthly report 2026-11 (quality/monthly-report, A15), Complaint Team, due 2026-12-07 24:00",
        "Cases: 1. Clocks overdue: 3; broken in open cases: 0; due soon: 0.",
        "Obligations and corrective actions overdue: 1; due soon: 0.",
    ]
    overdue = str(shell("sla", "--as-of", "2026-12-08T09:00:00+08:00", "--format", "github", code=4)).splitlines()
    assert overdue[-1] == (
        "::error file=policy/quality/2023-01-01/policy.yml,title=quality/monthly-report/2026-11/overdue::"
        "Overdue: Monthly report 2026-11 (quality/monthly-report, A15), Complaint Team, due 2026-12-07 24:00"
    )
    entries = json.loads(shell("sla", "--as-of", "2026-12-08T09:00:00+08:00", "--format", "json", code=4))["findings"]
    assert [entry["key"].partition("/")[2] for entry in entries][-1] == "monthly-report/2026-11/overdue"


def test_sla_within_a_time_counts_duties_too(shell: Shell, case: str) -> None:
    def soon(*within: str) -> int:
        return str(shell("sla", "--as-of", "2026-12-02T09:00:00+08:00", *within, code=4)).count("Due soon: Monthly")

    assert (soon(), soon("--within", "5d"), soon("--within", "6d")) == (0, 0, 1)


def test_check_reads_records(with_record: Shell) -> None:
    assert with_record("check", "reviews") == "Cases checked: 0. Errors: 0. Warnings: 0.\n"
    path = with_record.folder / "reviews/2026/quality-monthly-report-2026-11.yml"
    path.write_text(RECORD.replace("held: 2026-12-03", "held: 2026-11-30"), "utf-8")
    assert with_record("check", "reviews/2026/quality-monthly-report-2026-11.yml", code=1) == (
        "reviews/2026/quality-monthly-report-2026-11.yml:5:7: error: 2026-11 ends on 2026-11-30, but this was held on"
        " 2026-11-30. [review-held]\n"
        "    Write the day after the period on which it was held, or the period that it is about.\n"
        "Cases checked: 0. Errors: 1. Warnings: 0.\n"
    )


def test_a_record_in_the_wrong_place_records_nothing(with_record: Shell) -> None:
    folder = with_record.folder / "reviews/2026"
    (folder / "quality-monthly-report-2026-11.yml").rename(folder / "november.yml")
    found = str(with_record("sla", "--as-of", "2026-12-08T09:00:00+08:00", code=4))
    assert "Overdue: Monthly report 2026-11" in found
    assert [p.code for r in reviews.read_all(Rulebook(with_record.folder)) for p in r.problems] == ["review-path"]


def test_the_shipped_records_are_right_and_of_every_kind() -> None:
    rulebook = Rulebook(ROOT)
    records = list(reviews.read_all(rulebook))
    assert [record.problems for record in records if record.problems] == []
    policies = [policy for name in rulebook.policy_names if (policy := rulebook.policy(name))]
    asked = {(policy.profile, obligation.id) for policy in policies for obligation in policy.obligations}
    assert {(r.review.profile, r.review.kind) for r in records if r.review} == asked


ROLES = (
    "customer-service, quality-inspection, supply-chain, operations, legal, finance, marketing, complaint-team,"
    " management, supervision, bot"
)
MESSAGES = {
    "review-action-repeated": ["The id zip is given twice under actions."],
    "review-deadline": ["2026-12-03 is not after 2026-12-03."],
    "review-held": ["2026-11 ends on 2026-11-30, but this was held on 2026-11-30."],
    "review-kind": [
        "The policy quality@2023-01-01 has no obligation weekly-report; it has: monthly-report, quarterly-review."
    ],
    "review-order": ["2026-12-09 is before 2026-12-10."],
    "review-order-not-done": ["zip is verified, but not done."],
    "review-path": ["This record belongs in reviews/2026/quality-monthly-report-2026-11.yml."],
    "review-path-ending": ["quality-monthly-report-2026-11.yaml is not the name of a record; it is not read."],
    "review-period": ["monthly-report: Every month, such as 2026-12."],
    "review-person": [
        "policy/people.yml has no ct-09.",
        "cs-04 did not hold the role customer-service on 2026-12-03.",
        "op-01 did not hold the role supply-chain on 2026-12-10.",
        "qi-01 did not hold the role complaint-team on 2026-12-11.",
    ],
    "review-policy": ["On 2022-12-31 the profile quality had no policy in force."],
    "review-published": ["The result of outside-evaluation is to be published."],
    "review-role": [
        f"The policy quality@2023-01-01 has no role {role}; it has: {ROLES}."
        for role in ("secretary", "warehouse", "purchase", "laboratory")
    ],
    "review-verifier": ["ct-01 did it, and cannot verify it."],
}


@pytest.mark.parametrize("name", MESSAGES)
def test_what_is_wrong_with_a_record_is_said(tmp_path: Path, name: str) -> None:
    folder = mini.build(tmp_path / "repository")
    mini.lay(mini.FILES / "fail" / f"{name}.expected", folder)
    assert [problem.message.to("en") for problem in mini.problems(folder)] == MESSAGES[name]


def test_an_unusable_policy_hides_no_other_problem(tmp_path: Path) -> None:
    folder = mini.build(tmp_path / "repository")
    mini.lay(mini.FILES / "fail" / "review-held.expected", folder)
    (folder / "policy/quality/2023-01-01/policy.yml").write_text("schema: 2\n", "utf-8")
    found = {problem.code for problem in mini.problems(folder) if problem.path.startswith("reviews/")}
    assert found == {"review-held"}


def test_the_site_lists_duties_and_has_a_page_for_each_record(tmp_path: Path) -> None:
    rulebook = Rulebook(ROOT)
    writer = Writer(tmp_path, Names(rulebook, Words("en")), at("2026-11-22 09:00"))
    duties.write(writer, duties.judged(rulebook, [], writer.now))
    index = writer.made["obligations/index.html"].html
    assert 'href="../obligations/quality-monthly-report-2026-05.html"' in index
    assert '<span class="cl-status cl-late">Late</span>' in index
    assert "<b>Suspension: S-014</b>" in index
    written = set(writer.made) - {"obligations/index.html"}
    assert written == {f"obligations/{Path(record.path).stem}.html" for record in reviews.read_all(rulebook)}
    page = writer.made["obligations/quality-quarterly-review-2026-Q3.html"].html
    assert '<tr id="inner-carton"><td class="cl-due"><span class="cl-status cl-overdue">Overdue</span>' in page
    assert "8 d 9 h overdue" in page


def test_many_corrective_actions_stand_on_pages_of_their_own(tmp_path: Path) -> None:
    rulebook = Rulebook(ROOT)
    writer = Writer(tmp_path, Names(rulebook, Words("en")), at("2026-11-22 09:00"))
    actions = [duty for duty in duties.judged(rulebook, [], writer.now) if duty.task.action]
    many = [*actions] * 12
    duties.write(writer, many)
    index = writer.made["obligations/index.html"].html
    assert index.count("<tr><td") == duties.ACTIONS
    assert f'<a href="../obligations/actions.html">All of them: {len(many)}</a>' in index
    parts = [page.html.count("<tr><td") for path, page in writer.made.items() if path.startswith("obligations/actions")]
    assert len(parts) > 1
    assert sum(parts) == len(many)


def test_what_a_record_says_is_text_on_its_page(repository: Path, tmp_path: Path) -> None:
    path = repository / "reviews/2026/quality-monthly-report-2026-11.yml"
    path.parent.mkdir(parents=True)
    path.write_text(RECORD.replace("Three zips", "<script>alert(1)</script>"), "utf-8")
    rulebook, now = Rulebook(repository), at("2026-12-22 09:00")
    writer = Writer(tmp_path, Names(rulebook, Words("en")), now)
    duties.write(writer, duties.judged(rulebook, [], now))
    page = writer.made["obligations/quality-monthly-report-2026-11.html"].html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; of one batch." in page
    assert "<script" not in page
