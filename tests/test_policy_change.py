"""The next version of a policy, how versions differ, and what a change of the law does to the cases in Git."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseledger import instant, yamltext
from caseledger.errors import CannotGoOn, Refused
from caseledger.policies import difference, drafting
from caseledger.policies.impact import Impact, impact
from caseledger.rulebook import Rulebook
from tests import mini
from tests.conftest import ROOT
from tests.test_cli import Shell

NOW = instant.parse("2026-11-20T12:00:00+08:00")
QUALITY = "policy/quality/2023-01-01/policy.yml"
CALENDAR = "policy/calendars/CN.yml"
CASE = "cases/2026/11/C-20261103-7K3QD.yml"
RESPONSE = "- {when: {grade: general}, within: 2 wd}"
POLICIES = sorted(ROOT.glob("policy/*/*/policy.yml"))


def change(root: Path, path: str, old: str, new: str, count: int = -1) -> None:
    """Put another text into a file."""
    text = (root / path).read_bytes().decode()
    assert old in text
    (root / path).write_bytes(text.replace(old, new, count).encode())


def case(received: str, *events: str, policy: str = "quality@2023-01-01") -> str:
    """A complaint with a few events, each `type at`."""
    head = (mini.FILES / "pass" / "plain.yml").read_text("utf-8").partition("events:\n")[0]
    number = f"C-{received[:10].replace('-', '')}-{received[11:13]}{received[14:16]}A"
    lines = [line for line in head.splitlines() if not line.startswith(("id:", "policy:"))]
    entries = [
        f'  - {{at: "{at}", type: {name}, by: cs-01, as: customer-service{more}}}'
        for name, at, more in ((*event.split(" ", 2), "")[:3] for event in (f"received {received}", *events))
    ]
    return "\n".join([*lines, f"id: {number}", f"policy: {policy}", "events:", *entries, ""])


class Repository:
    """A case repository under Git; each commit takes all that is there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=Lin", "-c", "user.email=lin@example.cn", "-c", "core.autocrlf=false"]
        ran = subprocess.run(
            ["git", *identity, *arguments], cwd=self.root, check=True, capture_output=True, encoding="utf-8"
        )
        return ran.stdout.strip()

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "A change")
        return self.git("rev-parse", "HEAD")

    def write(self, text: str) -> str:
        """Put a case into its place; its number."""
        number = str(yamltext.read(text.encode(), "case").data["id"])
        path = self.root / f"cases/{number[2:6]}/{number[6:8]}/{number}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return number


@pytest.fixture
def ledger(repository: Path) -> Repository:
    return Repository(repository)


def rows(found: Impact) -> list[str]:
    return [f"{e.kind} {e.id} {e.verdict.clock.id} {e.case.state.state}" for e in found.effects]


# policy new


def test_the_next_version_is_a_copy_without_the_approval(repository: Path) -> None:
    shell = Shell(repository)
    assert shell("policy", "new", "quality", "2027-01-01", "--as-of", "2026-11-20T12:00:00+08:00") == (
        "policy/quality/2027-01-01/text.en.md\n"
        "policy/quality/2027-01-01/text.zh.md\n"
        "policy/quality/2027-01-01/policy.yml\n"
    )
    old, new = (repository / f"policy/quality/{day}" for day in ("2023-01-01", "2027-01-01"))
    approved = 'approved: {by: mgr-01, as: management, on: "2022-12-15"}\n'
    expected = (old / "policy.yml").read_text("utf-8").replace(approved, "").replace('"2023-01-01"', '"2027-01-01"')
    assert (new / "policy.yml").read_text("utf-8") == expected
    assert (new / "text.zh.md").read_bytes() == (old / "text.zh.md").read_bytes()
    assert shell("check") == "Cases checked: 0. Errors: 0. Warnings: 0.\n"
    assert shell("policy", "diff", "quality@2023-01-01", "quality@2027-01-01") == (
        "quality@2023-01-01 and quality@2027-01-01 say the same.\n"
    )


@pytest.mark.parametrize(
    ("profile", "first", "message"),
    [
        (
            "quality",
            "2026-11-20",
            "A version is written before it comes into force: choose a first day after 2026-11-20.",
        ),
        ("quality", "2023-01-01", "There is a quality@2023-01-01 already."),
        ("quality", "2022-12-31", "There is no version of quality to start from; there are: "),
        ("qualty", "2027-01-01", "There is no version of qualty to start from; there are: "),
    ],
)
def test_a_version_starts_from_one_before_it_on_a_day_to_come(
    repository: Path, profile: str, first: str, message: str
) -> None:
    with pytest.raises(CannotGoOn) as caught:
        drafting.draft(Rulebook(repository), profile, date.fromisoformat(first), NOW)
    assert caught.value.text.to("en").startswith(message)
    assert not (repository / f"policy/{profile}/2026-11-20").exists()


def test_a_day_is_written_in_full(repository: Path) -> None:
    assert "2027-1-1 is no day; write 2027-01-01." in Shell(repository)("policy", "new", "quality", "2027-1-1", code=2)


def test_today_is_that_of_the_calendar(repository: Path) -> None:
    late = instant.parse("2026-12-31T17:00:00Z")  # already the 1st in China
    with pytest.raises(CannotGoOn):
        drafting.draft(Rulebook(repository), "quality", date(2027, 1, 1), late)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parts[-3])
def test_every_line_but_two_is_kept_to_the_byte(path: Path) -> None:
    raw = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    renewed = drafting.renewed(yamltext.read(raw, "policy.yml"), date(2027, 1, 1))
    kept = [line for line in raw.splitlines(True) if not line.startswith(b"approved:")]
    assert renewed.splitlines(True) == [
        b'version: "2027-01-01"\r\n' if line.startswith(b"version:") else line for line in kept
    ]


@pytest.mark.parametrize(
    "approved",
    [
        'approved:\n  by: mgr-01\n  as: management # of the board\n  on: "2022-12-15"\n',
        'approved: {by: mgr-01,\n  as: management, on: "2022-12-15"} # on paper\n',
    ],
)
def test_an_approval_is_taken_out_however_it_is_laid_out(approved: str) -> None:
    text = f"# before\nversion: 2023-01-01 # first day\n{approved}# after\ntitle: {{zh: 甲, en: A}}\n"
    renewed = drafting.renewed(yamltext.read(text.encode(), "policy.yml"), date(2027, 1, 1))
    assert renewed.decode() == '# before\nversion: "2027-01-01" # first day\n# after\ntitle: {zh: 甲, en: A}\n'


def test_a_layout_that_cannot_be_spliced_is_refused() -> None:
    document = yamltext.read(b'{version: "2023-01-01", approved: {by: mgr-01},\n title: A}\n', "policy.yml")
    with pytest.raises(CannotGoOn) as caught:
        drafting.renewed(document, date(2027, 1, 1))
    assert caught.value.text.to("en").startswith("policy.yml is laid out in a way that cannot be copied safely")


def test_what_is_in_the_way_is_left_alone(repository: Path) -> None:
    stray = repository / "policy/quality/2027-01-01/text.zh.md"
    stray.parent.mkdir()
    stray.write_text("mine", "utf-8")
    with pytest.raises(CannotGoOn) as caught:
        drafting.draft(Rulebook(repository), "quality", date(2027, 1, 1), NOW)
    assert caught.value.text.to("en") == "policy/quality/2027-01-01/text.zh.md is there already; move it away."
    assert stray.read_text("utf-8") == "mine"


# policy diff


def test_a_difference_is_said_in_words(repository: Path) -> None:
    drafting.draft(Rulebook(repository), "quality", date(2027, 1, 1), NOW)
    new = "policy/quality/2027-01-01/policy.yml"
    change(repository, new, "  legal: {zh: 法务部, en: Legal}", "  lawyers: {zh: 律师, en: Lawyers}")
    change(repository, new, "legal,", "lawyers,")
    change(
        repository,
        new,
        "{when: {grade: major}, within: 30 min, company_set: true}",
        "{when: {grade: major}, within: 1 h}",
        1,
    )
    change(repository, new, "pausable: true\n  - id: response", "pausable: false\n  - id: response")
    change(repository, new, "approver: management, consumer_told", "consumer_told")
    change(repository, new, "default_grade: general", "default_grade: important")
    change(repository, new, "keep: 3 y", "keep: 5 y")
    text = (repository / new).read_text("utf-8")
    begin, end = text.index("  - id: filing"), text.index("\nadvice:")
    (repository / new).write_text(text[:begin] + text[end:], "utf-8")
    change(repository, "policy/quality/2027-01-01/text.en.md", "Finance reviews", "Finance checks")
    shell = Shell(repository)
    found = shell("policy", "diff", "quality@2023-01-01", "quality@2027-01-01")
    lines = found.splitlines()
    assert [line for line in lines if not line.startswith("Event ")] == [
        "Role legal (Legal) is gone.",
        "Clock verification (Initial verification): pauses while the case waits: yes → no",
        "Clock response (First response): limit where grade major: 30 minutes (set by the company) → 1 hour",
        "Clock disposition (Disposition): extension approved by: Management → –",
        "Clock filing (Filing) is gone.",
        "Policy quality: grade where none was given: General → Important",
        "Policy quality: cases are kept: 3 years → 5 years",
        "Role lawyers (Lawyers) is new.",
        "Article A9: text in English changed",
    ]
    assert (
        "Event information-requested (Information requested): may be recorded by: Customer Service, Quality Inspection,"
        " Supply Chain, Operations, Legal, Complaint Team → Customer Service, Quality Inspection, Supply Chain,"
        " Operations, Lawyers, Complaint Team"
    ) in lines
    loaded = json.loads(shell("policy", "diff", "quality@2023-01-01", "quality@2027-01-01", "--format", "json"))
    assert {"kind": "policy", "id": "", "field": "retention.keep", "old": "3 y", "new": "5 y"} in loaded


def test_what_is_new_is_said_with_its_fields(repository: Path) -> None:
    found = Shell(repository)("policy", "diff", "product@2023-01-01", "trade@2023-01-01")
    assert (
        "Clock report (Handling report) is new.\n"
        "    article: C8\n"
        "    owner: Responsible department\n"
        "    starts with: Case closed\n"
        "    stops with: Handling report filed\n"
        "    limit: 5 working days (set by the company)\n"
    ) in found
    assert "Obligation policy-review (Half-yearly policy review) is gone.\n" in found
    assert "Article C1: text in Chinese is new\n" in found
    assert "must follow: Investigation completed → Case closed\n" in found


def test_a_difference_names_versions_that_there_are(repository: Path) -> None:
    assert Shell(repository)("policy", "diff", "quality@2023-01-01", "quality", code=2).startswith(
        "Error: There is no policy quality; there are: "
    )


def shipped(name: str) -> dict[str, object]:
    loaded: dict[str, object] = yamltext.read((ROOT / f"policy/{name}/2023-01-01/policy.yml").read_bytes(), name).data
    return loaded


PROFILES = st.sampled_from([path.parts[-3] for path in POLICIES])


@given(PROFILES)
def test_nothing_differs_from_itself(name: str) -> None:
    assert difference.changes(shipped(name), shipped(name)) == []


@given(PROFILES, PROFILES)
def test_a_difference_read_backwards_is_the_difference_of_the_other_way(one: str, other: str) -> None:
    there = {
        (c.kind, c.id, c.field, repr(c.old), repr(c.new)) for c in difference.changes(shipped(one), shipped(other))
    }
    back = {(c.kind, c.id, c.field, repr(c.new), repr(c.old)) for c in difference.changes(shipped(other), shipped(one))}
    assert there == back
    assert bool(there) is (one != other)


@given(st.permutations(["general", "important", "major"]))
def test_the_order_of_grades_and_of_limits_matters(order: list[str]) -> None:
    old, new = shipped("quality"), shipped("quality")
    grades, clocks = new["grades"], new["clocks"]
    assert isinstance(grades, dict)
    assert isinstance(clocks, list)
    new["grades"] = {name: grades[name] for name in order}
    response = next(clock for clock in clocks if clock["id"] == "response")
    response["limits"].sort(key=lambda limit: order.index(limit["when"]["grade"]))
    found = [(c.kind, c.id, c.field, c.new) for c in difference.changes(old, new)]
    moved = [
        ("policy", "", "order of grades", order),
        ("clock", "response", "order of limits", [f"grade {name}" for name in order]),
    ]
    assert found == ([] if order == ["general", "important", "major"] else moved)


# policy impact


def test_a_change_of_nothing_touches_nothing(ledger: Repository) -> None:
    ledger.write(case("2026-11-16T10:00:00+08:00"))
    base = ledger.commit()
    ledger.write(case("2026-11-17T10:00:00+08:00"))
    change(ledger.root, "caseledger.yml", "profile: quality", "profile: product")
    head = ledger.commit()
    assert impact(ledger.root, f"{base}..{head}", NOW) == Impact((), (), (), (), (), (), ())
    assert impact(ledger.root, f"{base}..", NOW) == impact(ledger.root, f"{head}..{base}", NOW)
    assert Shell(ledger.root)("policy", "impact", f"{base}..{head}") == (
        "Open cases touched: 0; ended ones: 0. Deadlines moved: 0; newly broken: 0; no longer broken: 0; no longer"
        " provisional: 0.\n"
    )


def test_a_new_version_touches_no_case(ledger: Repository) -> None:
    ledger.write(case("2026-11-16T10:00:00+08:00"))
    since = ledger.write(case("2026-11-18T10:00:00+08:00"))
    base = ledger.commit()
    drafting.draft(Rulebook(ledger.root), "quality", date(2026, 11, 17), instant.parse("2026-11-16T08:00:00+08:00"))
    change(ledger.root, "policy/quality/2026-11-17/policy.yml", "within: 2 wd", "within: 1 wd")
    head = ledger.commit()
    found = impact(ledger.root, f"{base}..{head}", NOW)
    assert [(version.name, version.received_since) for version in found.added] == [("quality@2026-11-17", (since,))]
    assert found.effects == ()
    assert Shell(ledger.root)("policy", "impact", f"{base}..{head}").splitlines()[0] == (
        "quality@2026-11-17 is new: it touches no case that names another version. Received since its first day: 1."
    )


def test_a_day_off_moves_deadlines_and_mends_a_breach(ledger: Repository) -> None:
    number = ledger.write(case("2026-11-17T10:00:00+08:00"))  # a Tuesday
    ended = ledger.write(
        case(
            "2026-11-17T09:00:00+08:00",
            "declined 2026-11-19T09:00:00+08:00 , reason: not about quality",
        )
    )
    base = ledger.commit()
    with (ledger.root / CALENDAR).open("a", encoding="utf-8") as calendar:
        calendar.write("  - {date: 2026-11-18, open: false, name: Snow}\n")
    head = ledger.commit()
    found = impact(ledger.root, f"{base}..{head}", NOW)
    assert found.calendars == ("CN",)
    assert rows(found) == [
        f"unbreached {number} investigation-start open",
        f"unbreached {number} response open",
        f"moved {number} verification open",
        f"unbreached {ended} verification declined",
        f"moved {ended} investigation-start declined",
        f"moved {ended} response declined",
    ]
    shell = Shell(ledger.root)
    text = shell("policy", "impact", f"{base}..{head}", "--as-of", "2026-11-20T12:00:00+08:00")
    assert text.splitlines()[:4] == [
        "The calendar CN was changed.",
        "Open cases touched: 1; ended ones: 1. Deadlines moved: 3; newly broken: 0; no longer broken: 3; no longer"
        " provisional: 0.",
        "",
        f"{number} (Open), Start of investigation (investigation-start, A11, cycle 1): no longer broken: 2026-11-19"
        " 24:00, Overdue → 2026-11-20 24:00, Due soon",
    ]
    table = shell("policy", "impact", f"{base}..{head}", "--as-of", "2026-11-20T12:00:00+08:00", "--format", "markdown")
    assert table.splitlines()[:6] == [
        "- The calendar CN was changed.",
        "- Open cases touched: 1; ended ones: 1. Deadlines moved: 3; newly broken: 0; no longer broken: 3; no longer"
        " provisional: 0.",
        "",
        "| Case | State | Clock | What becomes of it | Before | After |",
        "|---|---|---|---|---|---|",
        f"| {number} | Open | Start of investigation (A11) | no longer broken | 2026-11-19 24:00, Overdue |"
        " 2026-11-20 24:00, Due soon |",
    ]
    loaded = json.loads(
        shell("policy", "impact", f"{base}..{head}", "--as-of", "2026-11-20T12:00:00+08:00", "--format", "json")
    )
    assert {key: loaded["effects"][1][key] for key in ("case", "clock", "cycle", "kind", "state")} == {
        "case": number, "clock": "response", "cycle": 1, "kind": "unbreached", "state": "open",
    }  # fmt: skip
    assert loaded["effects"][1]["before"]["due"] == "2026-11-20T00:00:00+08:00"
    assert loaded["effects"][1]["after"]["status"] == "due-soon"


def test_a_review_of_the_calendar_settles_what_was_provisional(ledger: Repository) -> None:
    number = ledger.write(case("2026-12-31T10:00:00+08:00"))
    base = ledger.commit()
    change(ledger.root, CALENDAR, "valid_through: 2026-12-31", "valid_through: 2027-12-31")
    head = ledger.commit()
    now = instant.parse("2026-12-31T11:00:00+08:00")
    assert rows(impact(ledger.root, f"{base}..{head}", now)) == [
        f"settled {number} investigation-start open",
        f"settled {number} response open",
        f"settled {number} verification open",
    ]
    assert {effect.kind for effect in impact(ledger.root, f"{head}..{base}", now).effects} == {"unsettled"}


def test_an_edited_version_is_named_with_what_it_does(ledger: Repository) -> None:
    number = ledger.write(case("2026-11-18T10:00:00+08:00"))
    other = ledger.write(case("2026-11-18T11:00:00+08:00", policy="product@2023-01-01"))
    base = ledger.commit()
    change(ledger.root, QUALITY, RESPONSE, RESPONSE.replace("2 wd", "1 wd"), 1)
    change(ledger.root, QUALITY, "  - id: filing", "  - id: archiving")
    head = ledger.commit()
    found = impact(ledger.root, f"{base}..{head}", NOW)
    assert (found.edited, found.in_force) == (("quality@2023-01-01",), ("quality@2023-01-01",))
    assert rows(found) == [
        f"breached {number} response open",
        f"appeared {number} archiving open",
        f"gone {number} filing open",
    ]
    assert other not in {effect.id for effect in found.effects}
    assert Shell(ledger.root)("policy", "impact", f"{base}..{head}").splitlines()[0] == (
        "quality@2023-01-01 was edited although it is in force; a change is a new version."
    )


def test_a_version_to_come_may_be_edited(ledger: Repository) -> None:
    drafting.draft(Rulebook(ledger.root), "quality", date(2027, 1, 1), NOW)
    base = ledger.commit()
    change(ledger.root, "policy/quality/2027-01-01/text.en.md", "Finance reviews", "Finance checks")
    head = ledger.commit()
    assert (
        Shell(ledger.root)("policy", "impact", f"{base}..{head}", "--as-of", "2026-11-20T12:00:00+08:00").splitlines()[
            0
        ]
        == "quality@2027-01-01 was edited before it comes into force."
    )


def test_a_version_that_is_taken_away_leaves_its_cases_without_law(ledger: Repository) -> None:
    number = ledger.write(case("2026-11-18T10:00:00+08:00"))
    base = ledger.commit()
    shutil.rmtree(ledger.root / "policy/quality")
    head = ledger.commit()
    found = impact(ledger.root, f"{base}..{head}", NOW)
    assert found.removed == ("quality@2023-01-01",)
    assert {effect.kind for effect in found.effects} == {"gone"}
    assert {effect.id for effect in found.effects} == {number}


def test_cases_are_those_of_the_head_and_one_bad_file_hides_none(ledger: Repository) -> None:
    base = ledger.commit()
    number = ledger.write(case("2026-11-18T10:00:00+08:00"))
    (ledger.root / CASE).write_text("a: [", "utf-8")
    change(ledger.root, QUALITY, RESPONSE, RESPONSE.replace("2 wd", "3 wd"), 1)
    head = ledger.commit()
    found = impact(ledger.root, f"{base}..{head}", NOW)
    assert found.unread == (CASE,)
    assert rows(found) == [f"moved {number} response open"]


def test_three_dots_leave_out_what_others_did_meanwhile(ledger: Repository) -> None:
    ledger.write(case("2026-11-18T10:00:00+08:00"))
    ledger.commit()
    ledger.git("switch", "-q", "-c", "mine")
    (ledger.root / "note.txt").write_text("mine", "utf-8")
    ledger.commit()
    ledger.git("switch", "-q", "main")
    change(ledger.root, QUALITY, RESPONSE, RESPONSE.replace("2 wd", "3 wd"), 1)
    ledger.commit()
    assert [e.kind for e in impact(ledger.root, "main..mine", NOW).effects] == ["moved"]
    assert impact(ledger.root, "main...mine", NOW).effects == ()


def test_a_law_that_cannot_be_used_is_named_with_its_commit(ledger: Repository) -> None:
    ledger.write(case("2026-11-18T10:00:00+08:00"))
    base = ledger.commit()
    change(ledger.root, QUALITY, "owner: complaint-team", "owner: nobody")
    head = ledger.commit()
    with pytest.raises(Refused) as caught:
        impact(ledger.root, f"{base}..{head}", NOW)
    assert caught.value.text.to("en") == f"At {head[:10]}: {QUALITY} cannot be used."
    assert {problem.code for problem in caught.value.problems} == {"policy-names"}


def test_a_repository_may_lie_within_a_larger_one(tmp_path: Path) -> None:
    outer = Repository(tmp_path)
    empty = outer.commit()
    shutil.copytree(ROOT / "policy", tmp_path / "ledger/policy")
    shutil.copy(ROOT / "caseledger.yml", tmp_path / "ledger")
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy/other.yml").write_text("not of the ledger", "utf-8")
    base = outer.commit()
    assert len(impact(tmp_path / "ledger", f"{empty}..{base}", NOW).added) == len(POLICIES)
    change(tmp_path / "ledger", QUALITY, RESPONSE, RESPONSE.replace("2 wd", "3 wd"), 1)
    outer.commit()
    assert impact(tmp_path / "ledger", f"{base}..HEAD", NOW).edited == ("quality@2023-01-01",)


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ("HEAD", "HEAD is no range of commits; write BASE..HEAD."),
        ("..HEAD", "..HEAD is no range of commits; write BASE..HEAD."),
        (
            "nowhere..HEAD",
            "There is no commit nowhere here; where not all commits were fetched, git fetch --unshallow.",
        ),
        ("HEAD..--all", "There is no commit --all here; where not all commits were fetched, git fetch --unshallow."),
    ],
)
def test_a_range_that_is_none_is_refused(ledger: Repository, span: str, message: str) -> None:
    ledger.commit()
    with pytest.raises(CannotGoOn) as caught:
        impact(ledger.root, span, NOW)
    assert caught.value.text.to("en") == message


def test_outside_git_it_says_so(repository: Path) -> None:
    with pytest.raises(CannotGoOn) as caught:
        impact(repository, "HEAD~1..HEAD", NOW)
    assert caught.value.text.to("en") == f"{repository} is not under Git."


MIRRORED = {
    "breached": "unbreached", "unbreached": "breached", "moved": "moved", "settled": "unsettled",
    "unsettled": "settled", "appeared": "gone", "gone": "appeared",
}  # fmt: skip


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A repository with the same cases under one law after the other, and its commits."""
    root = tmp_path_factory.mktemp("laws")
    shutil.copytree(ROOT / "policy", root / "policy")
    shutil.copy(ROOT / "caseledger.yml", root)
    ledger = Repository(root)
    ledger.write(case("2026-11-16T10:00:00+08:00", "responded 2026-11-18T09:00:00+08:00"))
    ledger.write(case("2026-11-18T10:00:00+08:00"))
    commits = [ledger.commit()]
    change(root, QUALITY, RESPONSE, RESPONSE.replace("2 wd", "1 wd"), 1)
    commits.append(ledger.commit())
    with (root / CALENDAR).open("a", encoding="utf-8") as calendar:
        calendar.write("  - {date: 2026-11-17, open: false, name: Snow}\n")
    commits.append(ledger.commit())
    change(root, QUALITY, "  - id: verification", "  - id: first-look")
    commits.append(ledger.commit())
    change(root, CALENDAR, "valid_through: 2026-12-31", "valid_through: 2026-11-18")
    commits.append(ledger.commit())
    return root, commits


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_there_and_back_is_no_change(laws: tuple[Path, list[str]], data: st.DataObject) -> None:
    root, commits = laws
    one, other = data.draw(st.sampled_from(commits)), data.draw(st.sampled_from(commits))
    there, back = impact(root, f"{one}..{other}", NOW), impact(root, f"{other}..{one}", NOW)
    assert sorted(rows(there)) == sorted(
        f"{MIRRORED[e.kind]} {e.id} {e.verdict.clock.id} {e.case.state.state}" for e in back.effects
    )
    assert bool(there.effects) is (one != other)
