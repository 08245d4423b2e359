"""The page of a department: the next step of every task, and how to take it."""

from pathlib import Path

import pytest

from caseledger import casefile, findings, schema, yamltext
from caseledger.findings import Judged
from caseledger.rulebook import Rulebook
from caseledger.site import departments, duties, frames
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.words import Words
from caseledger.upcoming import by_type, towards
from tests import casework
from tests.casework import CASE, NOW, Page, case, event
from tests.conftest import ROOT

RULEBOOK = Rulebook(ROOT)
PROFILES = ("quality", "platform-quality", "trade", "platform-service", "product")
VERIFIED = event("2026-11-03 10:40", "verified", in_scope=True, complete=True)
STARTED = event("2026-11-03 11:30", "investigation-started")
INVESTIGATED = event(
    "2026-11-04 11:30", "investigated", conclusion="x", nature="unfounded", basis="x",
    responsible=[{"party": "consumer", "name": "x"}],
)  # fmt: skip


def judged(root: Path, *events: casework.JSON) -> Judged:
    path = casework.put(root, case(*events))
    rulebook = Rulebook(root)
    [found] = findings.judge(rulebook, [casefile.read(rulebook, NOW, path)], NOW)
    return found


def onward(found: Judged, clock: str) -> list[str]:
    wanted = found.policy.clock(clock)
    assert wanted is not None
    return [step.type for step in towards(by_type(found), wanted)]


@pytest.mark.parametrize(
    ("events", "clock", "steps"),
    [
        ([], "verification", ["verified", "declined"]),
        ([], "response", ["responded"]),
        ([], "investigation-start", ["verified"]),
        ([VERIFIED], "investigation-start", ["investigation-started"]),
        ([VERIFIED], "investigation", ["investigation-started"]),
        ([VERIFIED, STARTED], "investigation", ["investigated"]),
        ([VERIFIED, STARTED, INVESTIGATED], "disposition", ["proposed"]),
    ],
)
def test_the_next_step_is_the_one_on_the_way_to_stopping_the_clock(
    repository: Path, events: list[casework.JSON], clock: str, steps: list[str]
) -> None:
    assert onward(judged(repository, *events), clock) == steps


def test_a_step_that_cannot_come_any_more_is_not_named(repository: Path) -> None:
    found = judged(repository, event("2026-11-03 10:00", "declined", reason="x"))
    assert onward(found, "verification") == []


def test_a_clock_that_is_paused_is_listed_as_such(repository: Path) -> None:
    asked = event("2026-11-03 10:00", "information-requested", what="A photo of the zip")
    rows = casework.stamp(repository, case(asked))
    writer = Writer(repository / "docs", Names(Rulebook(repository), Words("en")), NOW)
    departments.write(writer, departments.departments(rows, [], writer.names.role_order))
    words = Page(writer.made["departments/customer-service.html"].html).words
    listed = words.partition("run on when it has come.")[2]
    assert f"Paused {CASE} Zip tears after two days" in listed
    assert f"Information received caseledger append {CASE} information-received" in listed
    assert "Paused" not in Page(writer.made["departments/legal.html"].html).words


def test_a_department_sees_the_command_the_editor_and_the_entry(repository: Path) -> None:
    rows = casework.stamp(repository, case())
    writer = Writer(repository / "docs", Names(Rulebook(repository), Words("en")), NOW)
    departments.write(writer, departments.departments(rows, [], writer.names.role_order))
    page = Page(writer.made["departments/customer-service.html"].html)
    assert f"Initial verification General Verified caseledger append {CASE} verified Edit the file or Not" in page.words
    editor = f"https://git.example.cn/north-shore/complaints/_edit/main/cases/2026/11/{CASE}.yml"
    assert page.links.count(editor) == 3
    assert {"entry-1", "entry-2", "entry-3"} <= page.anchors
    assert "type: verified\n    by: # your key in policy/people.yml\n    as: customer-service\n" in page.text
    assert "林晓晴 (cs-01)" in page.words
    assert "Rupert Ainsley" not in page.words  # left
    empty = Page(writer.made["departments/legal.html"].html)
    assert "Nothing waits for this department." in empty.words


def test_without_a_forge_there_is_no_link_to_one(repository: Path) -> None:
    settings = repository / "caseledger.yml"
    settings.write_text(settings.read_text("utf-8").partition("forge:")[0], encoding="utf-8")
    rows = casework.stamp(repository, case())
    rulebook = Rulebook(repository)
    writer = Writer(repository / "docs", Names(rulebook, Words("en")), NOW)
    owed = duties.judged(rulebook, rows, NOW)
    departments.write(writer, departments.departments(rows, owed, writer.names.role_order))
    pages = [Page(page.html) for page in writer.made.values()]
    assert [link for page in pages for link in page.links if ":" in link] == []


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_entry_is_read_as_what_it_stands_for_and_lacks_only_what_nobody_can_know(
    profile: str, language: str
) -> None:
    policy = RULEBOOK.policy(f"{profile}@2023-01-01")
    assert policy is not None
    for name in policy.steps:
        text = frames.entry(policy, name, "some-role", Words(language))
        [event] = yamltext.read(f"events:\n{text}".encode(), "x.yml").data["events"]
        required, _ = schema.event_fields(name)
        assert event == {"at": "", "type": name, "by": "", "as": "some-role", **dict.fromkeys(required, "")}


def test_an_entry_names_what_may_be_chosen() -> None:
    policy = RULEBOOK.policy("quality@2023-01-01")
    assert policy is not None
    assert frames.entry(policy, "graded", "customer-service", Words("zh")) == (
        "  - at: # 发生的时间: 2026-11-03T10:40:00+08:00\n"
        "    type: graded\n"
        "    by: # 您在 policy/people.yml 中的键名\n"
        "    as: customer-service\n"
        "    grade: # general / important / major\n"
        "    reason: # 一行或多行文字\n"
        "    # despite: # 对应更高等级、但已经权衡过的标准\n"
        "    # note: 自由填写\n"
    )


def test_a_record_lacks_only_what_nobody_can_know(repository: Path) -> None:
    rows = casework.stamp(repository, case())
    [duty] = [d for d in duties.judged(Rulebook(repository), rows, NOW) if str(d.task.period) == "2026-11"]
    text = frames.record(duty.task, Words("en"))
    assert yamltext.read(text.encode(), "x.yml").data == {
        "schema": 1, "kind": "monthly-report", "profile": "quality", "period": "2026-11",
        "held": "", "by": "", "as": "complaint-team", "findings": [""],
    }  # fmt: skip
