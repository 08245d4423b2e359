"""A field that its mark in the schema takes from those inside vanishes from everything that they are shown or told."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from caseledger import audience, findings, obligations, register, reviews, schema, site
from caseledger.audience import INSIDE, KINDS, Audience, Marks, marks
from caseledger.cli import summaries
from caseledger.cli.formats import BY_NAME, issue
from caseledger.findings import Judged
from caseledger.notify import digest, items
from caseledger.rulebook import Rulebook
from caseledger.site import duties, feeds, visible
from caseledger.site.casepage import CasePage, Matter
from caseledger.site.fields import Speaker
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.rows import row
from caseledger.site.surroundings import Surroundings
from caseledger.site.templating import template
from caseledger.site.tongues import tongues
from caseledger.site.words import Words
from caseledger.summary import cases as case_changes
from caseledger.summary import records as record_changes
from caseledger.summary.change import Summary
from caseledger.summary.retention import PLACE, RetentionChange
from caseledger.summary.visible import visible as told
from tests import casework, planted
from tests.casework import CASE, NOW, case, event
from tests.planted import Planter
from tests.test_site_public import everything

REAL = {kind: marks(kind) for kind in KINDS}
INTERNAL = [path for path, mark in REAL["case"].items() if mark is Audience.INTERNAL]
Mark = Callable[[Callable[[str, str], bool]], None]


@pytest.fixture
def restrict(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mark]:
    """Marks the fields for which a test holds, and those within them, as restricted."""

    def clear() -> None:
        for known in (audience.sees_all, visible._hidden, visible._blanks):
            known.cache_clear()

    def mark(chosen: Callable[[str, str], bool]) -> None:
        changed: dict[str, Marks] = {}
        for kind, found in REAL.items():
            hidden = [path for path in found if chosen(kind, path)]
            changed[kind] = {
                path: Audience.RESTRICTED if any(f"{path}.".startswith(f"{one}.") for one in hidden) else own
                for path, own in found.items()
            }
        monkeypatch.setattr(audience, "marks", lambda kind: changed[kind])
        clear()

    yield mark
    clear()


def internal(kind: str, path: str) -> bool:
    return REAL[kind][path] is Audience.INTERNAL


def but_the_number(kind: str, path: str) -> bool:
    return internal(kind, path) and (kind, path) != ("case", "id")


def only(*names: str) -> Callable[[str, str], bool]:
    return lambda kind, path: f"{kind}.{path}" in names


# the site


@pytest.mark.parametrize("chosen", [internal, but_the_number])
def test_the_site_for_those_inside_holds_nothing_restricted_in_any_byte(
    chosen: Callable[[str, str], bool],
    restrict: Mark,
    planted_repository: Path,
    planters: dict[str, Planter],
    tmp_path: Path,
) -> None:
    restrict(chosen)
    site.build(planted_repository, tmp_path / "site", NOW)
    found = everything(tmp_path / "site")
    hidden = [value for one in planters.values() for value, mark in one.found.values() if mark is not Audience.PUBLIC]
    assert len(hidden) > 150
    assert [value for value in hidden if value.lower().encode() in found] == []
    assert (planted.CASE.lower().encode() in found) == (chosen is but_the_number)


def test_each_field_of_a_case_vanishes_from_its_page_when_it_is_restricted(
    restrict: Mark, planted_repository: Path, planters: dict[str, Planter]
) -> None:
    rulebook = Rulebook(planted_repository)
    judged = next(findings.judge(rulebook, register.read_all(rulebook.root, NOW), NOW))
    values = {path: value.split()[0] for path, value in _values(planters["case"])}
    shown = _page(rulebook, judged)
    listed = [path for path, value in values.items() if value in shown]
    assert len(listed) > 40
    for path in INTERNAL:
        if path != "id":
            restrict(only(f"case.{path}"))
            page = _page(rulebook, judged)
            hidden = [value for one, value in values.items() if f"{one}.".startswith(f"{path}.")]
            assert [value for value in hidden if value in page] == [], path


def _values(planter: Planter) -> Iterator[tuple[str, str]]:
    for name, (value, _) in planter.found.items():
        yield name.split()[0], value


def _page(rulebook: Rulebook, judged: Judged) -> str:
    calendar = rulebook.calendar(judged.policy.calendar)
    [shown] = visible.rows([row(judged, calendar)], INSIDE)
    seen = visible.judged(judged, INSIDE)
    matter = Matter(shown, seen, calendar, NOW, Surroundings(), (), {})
    speaker = Speaker(tongues(("en",)), judged.policy, rulebook.people, calendar)
    return template("case.html", "en").render(page=CasePage(matter, speaker))


# what is told of deadlines

SETTINGS = "site: https://complaints.example.cn\nnotices: {departments: {quality-inspection: {channels: [Q]}}}\n"
AT = datetime.fromisoformat("2026-11-13T12:00:00+08:00")
DEPARTMENT = "Quality Inspection"
DUE = "2026-11-05 24:00"
TITLE = "Investigation"
DEADLINE = "case.events.assigned.expected"
OWNER = "case.events.assigned.to"
OPEN = case(
    event("2026-11-03 10:00", "verified", in_scope=True, complete=True),
    event("2026-11-04 10:00", "assigned", to="quality-inspection"),
    event("2026-11-04 11:00", "investigation-started"),
    summary="plantqsummaryx",
)


@pytest.fixture
def overdue(repository: Path) -> Rulebook:
    settings = (repository / "caseledger.yml").read_text("utf-8").replace("[zh, en]", "[en, zh]")
    (repository / "caseledger.yml").write_text(settings + SETTINGS, "utf-8")
    casework.put(repository, OPEN)
    return Rulebook(repository)


def judged_cases(rulebook: Rulebook) -> list[Judged]:
    return list(findings.judge(rulebook, register.read_all(rulebook.root, AT), AT))


def digests(rulebook: Rulebook) -> str:
    calendar = rulebook.calendar("CN")
    found = [one for one in items.gather(rulebook, calendar, AT) if one.department == "quality-inspection"]
    if not found:
        return ""
    made = digest.write(found, "quality-inspection", "en", rulebook, calendar, AT)
    return f"{made.title}\n{made.body}"


def flags(rulebook: Rulebook) -> str:
    from caseledger.cli import flag_

    found, _ = flag_._judged(rulebook, AT, lambda path: f"https://git.example.cn/{path}")
    return "\n".join(f"{flag.title}\n{flag.said}\n{flag.keys}{flag.departments}" for flag in found.values())


def fed(rulebook: Rulebook) -> str:
    calendar = rulebook.calendar("CN")
    rows = visible.rows([row(one, calendar) for one in judged_cases(rulebook)], INSIDE)
    writer = Writer(rulebook.root / "docs", Names(rulebook, Words("en")), AT)
    feeds.write(writer, rows, duties.judged(rulebook, rows, AT))
    return "\n".join(file.make().replace("\r\n ", "") for path, file in writer.files.items() if "ended" not in path)


def reports(rulebook: Rulebook) -> str:
    found = findings.find(findings.visible(judged_cases(rulebook), INSIDE), AT)
    return "\n".join(module.findings(found) for module in BY_NAME.values())


TELLING = {"digests": digests, "flags": flags, "feeds": fed, "reports": reports}


@pytest.mark.parametrize("name", TELLING)
def test_what_is_told_of_a_case_goes_when_its_mark_takes_it(name: str, overdue: Rulebook, restrict: Mark) -> None:
    tell = TELLING[name]
    full = tell(overdue)
    assert (CASE in full, TITLE in full, DUE in full or name == "reports") == (True, True, True)
    restrict(only("case.id"))
    assert CASE not in tell(overdue)
    restrict(only("archive.sealed.verdicts"))
    assert CASE not in tell(overdue)
    restrict(only(OWNER))
    without = tell(overdue)
    of_case = [line for line in without.splitlines() if CASE in line]
    assert not any(DEPARTMENT in line or "quality-inspection" in line for line in of_case)
    assert ("quality-inspection" in without) == (name == "feeds" and "departments/quality-inspection" in without)
    restrict(only(DEADLINE))
    assert "2026-11-05" not in tell(overdue)


def test_a_digest_names_no_due_time_that_is_restricted_and_still_what_is_overdue(
    overdue: Rulebook, restrict: Mark
) -> None:
    restrict(only(DEADLINE))
    said = digests(overdue)
    assert "Overdue (1)" in said
    assert f"- {CASE} Investigation, due –" in said


def test_a_hand_over_is_told_as_far_as_it_may_be(overdue: Rulebook, restrict: Mark) -> None:
    assert f"- {CASE} handed over by Customer Service, 2026-11-04 10:00:00" in digests(overdue)
    restrict(only("case.events.assigned.as"))
    assert f"- {CASE} handed over\n" in digests(overdue)


def test_a_report_of_deadlines_holds_no_word_that_is_restricted(overdue: Rulebook, restrict: Mark) -> None:
    assert "plantqsummaryx" in reports(overdue)
    restrict(only("case.summary"))
    assert "plantqsummaryx" not in reports(overdue)
    assert CASE in reports(overdue)


def test_what_programs_read_of_a_report_keeps_its_shape(overdue: Rulebook, restrict: Mark) -> None:
    restrict(only(OWNER, DEADLINE))
    found = findings.find(findings.visible(judged_cases(overdue), INSIDE), AT)
    said = json.loads(BY_NAME["json"].findings(found))
    described = json.loads((schema.FOLDER / "output.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(described).validate(said)
    assert {(one["owner"], one["due"]) for one in said["findings"]} == {(None, None)}


def test_an_issue_says_a_dash_for_what_is_restricted(overdue: Rulebook, restrict: Mark) -> None:
    restrict(only(DEADLINE, OWNER))
    [judged] = findings.visible(judged_cases(overdue), INSIDE)
    flag = issue.case(judged, overdue.settings, lambda path: path)
    assert "| Overdue | Investigation | – | – | A12 |" in flag.said
    assert flag.departments == ()


def test_those_inside_are_told_no_corrective_action_that_is_restricted(
    planted_repository: Path, restrict: Mark
) -> None:
    rulebook = Rulebook(planted_repository)
    known = [record.review for record in reviews.read_all(rulebook) if record.review]
    judged = list(obligations.judge(rulebook, [], known, NOW))
    assert any(duty.task.action for duty in obligations.visible(judged, INSIDE))
    restrict(only("review.actions.measure"))
    seen = list(obligations.visible(judged, INSIDE))
    assert seen
    assert not any(duty.task.action or (duty.review and duty.review.actions) for duty in seen)


# what is told of a change


def summary(rulebook: Rulebook) -> Summary:
    before = {**OPEN, "events": OPEN["events"][:1], "summary": "x"}
    change = case_changes.compare(casework.put(rulebook.root, OPEN).name, before, OPEN, (rulebook, rulebook), AT)
    record = record_changes.compare("reviews/x.yml", None, _record())
    hold = RetentionChange(PLACE, "H-20261103-PQ7XZ", "cs-01", (CASE,))
    return Summary("a" * 40, "b" * 40, AT, (change,), ((CASE, "added"),), (record,), (), (), (hold,), 0)


def _record() -> Mapping[str, Any]:
    action = {"id": "a1", "measure": "m", "owner": "plantqowner", "deadline": "2026-12-01", "acceptance": "a"}
    return {
        "schema": 1, "kind": "monthly-report", "profile": "quality", "period": "2026-10", "held": "2026-11-03",
        "by": "cs-01", "as": "complaint-team", "findings": ["f"], "actions": [action],
    }  # fmt: skip


def test_a_summary_of_a_change_tells_nothing_restricted(overdue: Rulebook, restrict: Mark) -> None:
    whole = summary(overdue)
    said = {"hold": "H-20261103-PQ7XZ", "handed": "Quality Inspection", "fields": "summary", "action": "plantqowner"}

    def forms() -> str:
        return "\n".join(make(told(whole, INSIDE)) for make in summaries.AS.values())

    assert told(whole, INSIDE) == whole
    assert [
        text for text in (*said.values(), CASE, DUE, "Evidence kept in Git", "Deadline missed") if text not in forms()
    ] == []
    for marked, gone in {
        "holds.holds.by": said["hold"],
        "review.actions": said["action"],
        "case.summary": "Fields changed",
        "case.events.evidence.files": "Evidence kept in Git",
        DEADLINE: DUE,
        "archive.sealed.verdicts": "Deadline missed",
        "archive.sealed.grade": "general",
    }.items():
        restrict(only(marked))
        assert gone not in forms(), marked
    restrict(only(OWNER))
    assert [step["type"] for step in json.loads(summaries.as_json(told(whole, INSIDE)))["cases"][0]["steps"]] == [
        "verified",
        "investigation-started",
    ]
    restrict(only("case.id"))
    assert (told(whole, INSIDE).cases, told(whole, INSIDE).evidence) == ((), ())
