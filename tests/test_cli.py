"""Commands as people and programs run them: what they print, and with which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import swift

CASE = "C-20261103-7K3QD"
NEW = [
    "new", "--at", "2026-11-03T09:12:00+08:00", "--by", "cs-01", "--channel", "marketplace", "--market", "NO",
    "--language", "nb", "--category", "product-quality", "--demand", "refund", "--summary", "Zip tears",
    "--description", "Glidelåsen røk etter to dager.", "--set", "order.number=00123456", "--set", "order.quantity=1",
    "--set", "order.amount={value: '499.00', currency: NOK}",
]  # fmt: skip


class Shell:
    """Runs caseledger in a repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment: dict[str, str] = {}

    def __call__(self, *arguments: str, code: int = 0, lang: str = "en", stdin: str = "") -> str:
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LANGUAGE": lang, "LANG": "C.UTF-8"}
        process = swift.run(arguments, self.folder, {**environment, **self.environment}, stdin)
        assert process.returncode == code, process.stdout + process.stderr
        assert "Traceback" not in process.stderr
        return process.stdout if code in (0, 4) else process.stdout + process.stderr


@pytest.fixture
def shell(repository: Path) -> Shell:
    return Shell(repository)


@pytest.fixture
def case(shell: Shell) -> str:
    """The number of a new case."""
    return shell(*NEW).strip().rpartition("/")[2].removesuffix(".yml")


def append(shell: Shell, case: str, event_type: str, at: str, *arguments: str, by: str = "cs-01", code: int = 0) -> str:
    return shell("append", case, event_type, "--at", at, "--by", by, *arguments, code=code)


def test_new_writes_a_valid_case_and_prints_its_path(shell: Shell) -> None:
    path = shell(*NEW).strip()
    text = (shell.folder / path).read_text("utf-8")
    assert path.startswith("cases/2026/11/C-20261103-")
    assert "policy: quality@2023-01-01" in text
    assert 'number: "00123456"' in text
    assert shell("check") == "Cases checked: 1. Errors: 0. Warnings: 0.\n"


def test_new_names_what_is_missing(shell: Shell) -> None:
    assert shell("new", "--by", "cs-01", code=2) == (
        "Error: A case also needs: --channel, --market, --language, --category, --demand, --summary, --description.\n"
    )
    assert "新建案件还需要：--channel" in shell("new", "--by", "cs-01", code=2, lang="zh")


def test_new_refuses_a_wrong_case_and_writes_nothing(shell: Shell) -> None:
    found = shell(*NEW, "--set", "order.placed=2026-11-04", code=1)
    assert "[at-before-order]" in found
    assert not (shell.folder / "cases").exists()


def test_append_says_what_is_next(shell: Shell, case: str) -> None:
    assert append(shell, case, "verified", "2026-11-03T10:40:00+08:00", "--set", "in_scope=true", "--set",
                  "complete=true") == (
        f"cases/2026/11/{case}.yml\n"
        f"{case}: Open. Next: First response (response), Customer Service, due 2026-11-05 24:00: Overdue.\n"
    )  # fmt: skip


def test_append_names_what_is_missing(shell: Shell, case: str) -> None:
    assert append(shell, case, "verified", "2026-11-03T10:40:00+08:00", code=2) == (
        "Error: verified also needs: in_scope, complete. Give it with --set, as in --set in_scope=…\n"
    )


def test_append_refuses_what_the_policy_forbids(shell: Shell, case: str) -> None:
    found = append(
        shell, case, "executed", "2026-11-03T10:40:00+08:00", "--set", "dispositions=[{kind: coupon}]", code=1
    )
    assert "[event-after]" in found
    assert shell("list", "--format", "json").count('"case"') == 1


def walked(shell: Shell, case: str) -> None:
    """The case, graded major and with its solution carried out, but not reported and without a root cause."""
    for kind, at, *own in [
        ("verified", "10:00", "in_scope=true", "complete=true"),
        ("graded", "10:01", "grade=major", "reason=On the news"),
        ("investigation-started", "10:02"),
        ("investigated", "10:03", "conclusion=Weak", "nature=product-defect", "responsible=[{party: company}]",
         "basis=Seen"),
        ("proposed", "10:04", "dispositions=[{kind: coupon}]"),
        ("agreed", "10:05"),
        ("executed", "10:06", "dispositions=[{kind: coupon}]", "proof=Coupon 5"),
        ("followed-up", "10:07", "satisfaction=4"),
    ]:  # fmt: skip
        by = "ct-01" if kind == "investigated" else "cs-01"
        role = "complaint-team" if kind == "investigated" else "customer-service"
        pairs = [part for pair in own for part in ("--set", pair)]
        shell("append", case, kind, "--at", f"2026-11-03T{at}:00+08:00", "--by", by, "--as", role, *pairs)


def test_append_says_why_it_refuses_and_what_comes_next(shell: Shell, case: str) -> None:
    walked(shell, case)
    found = shell("append", case, "closed", "--by", "cs-01", "--set", "outcome=resolved", code=1)
    assert "closed needs, by article A11: escalated, emergency-started. [incomplete]" in found
    assert "closed needs, by article A12: investigated.root_cause. [incomplete]" in found
    assert f"What can be recorded now (everything: caseledger next {case}):" in found
    assert "Escalated" in found
    assert "closed: needs escalated, emergency-started (A11).\nclosed: needs investigated.root_cause (A12).\n" in found
    assert "\n verified" not in found


def test_append_answers_programs_in_json(shell: Shell, case: str) -> None:
    walked(shell, case)
    closing = ("append", case, "closed", "--by", "cs-01", "--set", "outcome=resolved", "--format", "json")
    found = json.loads(shell(*closing, code=1))
    assert found["refused"] == f"Nothing is written: cases/2026/11/{case}.yml would then be wrong."
    assert [problem["code"] for problem in found["problems"]] == ["incomplete", "incomplete"]
    steps = {step["type"]: step for step in found["next"]}
    assert steps["escalated"]["possible"]
    assert not steps["closed"]["possible"]
    assert [need["missing"] for need in steps["closed"]["needs"]] == [
        ["escalated", "emergency-started"],
        ["investigated.root_cause"],
    ]
    done = json.loads(shell("append", case, "note", "--by", "cs-01", "--note", "Seen", "--format", "json"))
    assert (done["path"], done["state"]) == (f"cases/2026/11/{case}.yml", "open")
    assert done["next_due"]["clock"] == "response"


def test_append_asks_for_the_fields_that_the_policy_wants(shell: Shell) -> None:
    case = Path(shell(*NEW, "--profile", "platform-quality", "--by", "in-01").strip()).stem
    given = ["--by", "in-01", "--set", "in_scope=true", "--set", "clear=true"]
    assert shell("append", case, "verified", *given, code=2) == (
        "Error: verified also needs: complete, sufficient, authority, suggestion."
        " Give it with --set, as in --set complete=…\n"
    )


def test_append_takes_the_person_whom_git_knows(shell: Shell, case: str) -> None:
    (shell.folder / ".gitconfig").write_text("[user]\n\temail = lin.xiaoqing@example.cn\n", "utf-8")
    shell("append", case, "note", "--note", "seen")
    text = (shell.folder / f"cases/2026/11/{case}.yml").read_text("utf-8")
    assert text.endswith("    by: cs-01\n    as: customer-service\n    note: seen\n")


def test_a_case_is_named_by_its_path_as_well(shell: Shell, case: str) -> None:
    moment = ["--as-of", "2026-11-03T12:00:00+08:00"]
    assert shell("explain", f"cases/2026/11/{case}.yml", *moment) == shell("explain", case, *moment)


def test_a_note_needs_its_text(shell: Shell, case: str) -> None:
    found = append(shell, case, "note", "2026-11-03T10:40:00+08:00", code=2)
    assert found == "Error: An event of type note needs its text: write --note TEXT.\n"


def test_append_asks_who_acts_when_git_does_not_know(shell: Shell, case: str) -> None:
    assert shell("append", case, "note", "--note", "seen", code=2) == (
        "Error: Git is not configured with an e-mail address. Name yourself with --by.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "C-1"], "Error: C-1 is not a case number; one looks like C-20261103-7K3QD.\n"),
        (["clocks", "caseledger.yml"], "caseledger.yml: The policy ? is not in the repository; there are: "),
        (["sla", "--as-of", "2026-11-03"], "2026-11-03 is no moment; write 2026-11-03T09:12:00+08:00."),
        (["sla", "--within", "soon"], "soon is no length of time; write 30min, 12h or 1d."),
        (["check", "nowhere"], "Path 'nowhere' does not exist."),
        (["frobnicate"], "No such command 'frobnicate'."),
        (["explain", CASE], f"Error: There is no case {CASE}; it would be "),
    ],
)
def test_errors_are_for_the_person_who_made_them(shell: Shell, arguments: list[str], message: str) -> None:
    assert message in shell(*arguments, code=1 if arguments[0] == "clocks" else 2)


def test_outside_a_repository_it_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("nowhere")
    assert Shell(folder)("check", code=2) == (
        f"Error: There is no case repository around {folder}: no caseledger.yml there or above. Name one with --repo.\n"
    )


def test_clocks_print_the_verdicts_as_json(shell: Shell, case: str) -> None:
    path = f"cases/2026/11/{case}.yml"
    found = json.loads(shell("clocks", path, "--as-of", "2026-11-03T12:00:00+08:00", "--format", "json"))
    assert [set(entry) for entry in found] == [{"case", "as_of", "clocks"}]
    assert (found[0]["case"], found[0]["as_of"]) == (case, "2026-11-03T12:00:00+08:00")
    assert found[0]["clocks"][0] == {
        "clock": "verification",
        "cycle": 1,
        "clause": "A10",
        "owner": "customer-service",
        "status": "running",
        "start": "2026-11-03T09:12:00+08:00",
        "due": "2026-11-05T00:00:00+08:00",
        "stop": None,
        "provisional": False,
    }


def test_clocks_judge_the_good_file_beside_the_bad_one(shell: Shell, case: str) -> None:
    (shell.folder / "bad.yml").write_text("a: [", "utf-8")
    found = shell("clocks", "bad.yml", f"cases/2026/11/{case}.yml", code=1)
    assert "bad.yml cannot be read." in found
    assert "verification" in found


def test_sla_shows_what_is_overdue_and_exits_4(shell: Shell, case: str) -> None:
    found = shell("sla", "--as-of", "2026-11-05T09:00:00+08:00", code=4)
    assert found == (
        f"Overdue: {case} Initial verification (verification, A10), Customer Service, due 2026-11-04 24:00: Zip tears\n"
        f"Due soon: {case} Start of investigation (investigation-start, A11), Customer Service, due 2026-11-05 24:00: "
        "Zip tears\n"
        f"Due soon: {case} First response (response, A11), Customer Service, due 2026-11-05 24:00: Zip tears\n"
        "Cases: 1. Clocks overdue: 1; broken in open cases: 0; due soon: 2.\n"
    )


def test_sla_within_a_time(shell: Shell, case: str) -> None:
    assert "Due soon" not in shell("sla", "--as-of", "2026-11-03T10:00:00+08:00")
    assert shell("sla", "--as-of", "2026-11-03T10:00:00+08:00", "--within", "2d").count("Due soon") == 1


def test_annotations_hold_no_line_breaks_of_the_text(shell: Shell, case: str) -> None:
    path = shell.folder / f"cases/2026/11/{case}.yml"
    path.write_text(path.read_text("utf-8").replace("demand: refund", 'demand: "re\\nfund::error::x"'), "utf-8")
    (found, *rest) = shell("check", "--format", "github", code=1).splitlines()
    assert rest == ["Cases checked: 1. Errors: 1. Warnings: 0."]
    assert found.startswith(f"::error file=cases/2026/11/{case}.yml,line=9,col=9,title=schema-value::")


def test_explain_counts_the_days(shell: Shell, case: str) -> None:
    assert shell("explain", case, "response", "--as-of", "2026-11-03T12:00:00+08:00") == (
        "response, First response (article A11, cycle 1, Customer Service): Running\n"
        "  2026-11-03 09:12:00: “Received” starts the clock; the limit is 2 working days, due 2026-11-05 24:00.\n"
        "  2026-11-03 Tue: the day of the start is not counted\n"
        "  2026-11-04 Wed: working day 1\n"
        "  2026-11-05 Thu: working day 2\n"
        "  Result as of 2026-11-03 12:00:00: Running.\n"
    )


def test_list_and_show(shell: Shell, case: str) -> None:
    assert case in shell("list", "--state", "open", "--owner", "customer-service", "--market", "NO")
    assert case not in shell("list", "--state", "closed")
    found = shell("show", case, lang="zh")
    assert "消费者: U-" in found
    assert "Glidelåsen røk etter to dager." in found


def test_rules_are_listed(shell: Shell) -> None:
    found = shell("rules")
    assert "yaml-duplicate-key (error)\n  A key is given twice in one mapping.\n  Keep one of the two lines.\n" in found
    assert {"code", "severity", "meaning", "hint", "example"} == set(json.loads(shell("rules", "--format", "json"))[0])


def test_a_calendar_is_drafted(shell: Shell) -> None:
    assert "provisional: true" in shell("calendar", "draft", "CN", "2027")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_command_has_its_help(shell: Shell, lang: str) -> None:
    for name in ["new", "append", "check", "clocks", "sla", "explain", "show", "list", "rules", "import", "calendar"]:
        assert ("用法" if lang == "zh" else "Usage:") in shell(name, "--help", lang=lang)


def test_a_bug_is_a_report_not_a_traceback(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    (shell.folder / "sitecustomize.py").write_text(
        "import sys\nsys.modules['caseledger.cli.rules_'] = object()\n", "utf-8"
    )
    process = subprocess.run(
        [sys.executable, "-m", "caseledger", "rules"],
        cwd=shell.folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(shell.folder), "TMPDIR": str(shell.folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 3
    assert process.stderr.startswith("This is a bug of caseledger, not of your files. What happened is in ")
    (log,) = shell.folder.glob("caseledger-*.log")
    assert "Traceback" in log.read_text("utf-8")


def test_next_lists_what_the_policy_allows_now(shell: Shell, case: str) -> None:
    found = json.loads(shell("next", case, "--as-of", "2026-11-03T10:00:00+08:00", "--format", "json"))
    steps = {step["type"]: step for step in found}
    assert [step["type"] for step in found[:2]] == ["declined", "verified"]
    assert steps["verified"]["roles"] == ["customer-service"]
    assert steps["verified"]["clock"]["due"] == "2026-11-05T00:00:00+08:00"
    assert not {"received", "closed", "executed", "information-received", "note"} & set(steps)
    append(shell, case, "information-requested", "2026-11-03T10:40:00+08:00", "--set", "what=A photo")
    waiting = [step["type"] for step in json.loads(shell("next", case, "--format", "json"))]
    assert "information-received" in waiting
    assert "information-requested" not in waiting


def test_next_says_what_a_step_still_needs(shell: Shell, case: str) -> None:
    walked(shell, case)
    found = shell("next", case)
    assert "closed: needs escalated, emergency-started (A11).\nclosed: needs investigated.root_cause (A12).\n" in found
    steps = {step["type"]: step for step in json.loads(shell("next", case, "--format", "json"))}
    assert steps["investigated"]["roles"] == ["complaint-team"]
    assert steps["escalation-resolved"]["after"] == [["escalated"]]
    assert not steps["escalation-resolved"]["possible"]


def test_next_after_the_end_of_a_case(shell: Shell, case: str) -> None:
    append(shell, case, "declined", "2026-11-03T10:40:00+08:00", "--set", "reason=Not ours")
    assert [step["type"] for step in json.loads(shell("next", case, "--format", "json"))] == ["reopened"]


def test_show_puts_what_was_decided_into_words(shell: Shell, case: str) -> None:
    path = next(shell.folder.glob(f"cases/*/*/{case}.yml"))
    text = path.read_text("utf-8") + (
        "  - {at: 2026-11-03T10:00:00+08:00, type: assigned, by: cs-01, as: customer-service, to: supply-chain}\n"
        "  - {at: 2026-11-03T10:01:00+08:00, type: extended, by: cs-01, as: customer-service, clock: disposition,"
        " to: 9 wd, reason: x, approved_by: null, consumer_told: null}\n"
        "  - {at: 2026-11-03T10:02:00+08:00, type: extended, by: cs-01, as: customer-service, clock: disposition,"
        " to: soon, reason: x, approved_by: null, consumer_told: null}\n"
        "  - {at: 2026-11-03T10:03:00+08:00, type: investigated, by: qi-01, as: quality-inspection, conclusion: x,"
        " nature: product-defect, basis: x, responsible: [{party: supplier, name: S-017, share: 70}, {party: company}],"
        " root_cause: {method: 5-why, findings: [thin, old]}}\n"
        "  - {at: 2026-11-03T10:04:00+08:00, type: proposed, by: cs-01, as: customer-service,"
        ' dispositions: [{kind: full-refund, amount: {value: "499.00", currency: NOK}}, {kind: apology}]}\n'
    )
    path.write_text(text, "utf-8")
    found = "\n".join(" ".join(line.split()) for line in shell("show", case).splitlines())
    for line in (
        "To: Supply Chain",
        "Deadline: Disposition\nTo: 9 working days",
        "To: soon",
        "Responsible: Supplier S-017 70%; Our company",
        "Root cause: Five whys: thin; old",
        "Solution: Full refund 499.00 NOK; Apology",
    ):
        assert line in found, found


def test_a_wrong_value_is_told_an_example_and_no_steps(shell: Shell, case: str) -> None:
    example = """--set 'dispositions=[{kind: full-refund, amount: {value: "499.00", currency: NOK}}]'"""
    found = append(shell, case, "proposed", "2026-11-03T10:00:00+08:00", "--set", "dispositions=refund", code=2)
    assert found == f"Error: dispositions is no plain text; write {example}\n"
    found = append(shell, case, "proposed", "2026-11-03T10:00:00+08:00", code=2)
    assert found == f"Error: proposed also needs: dispositions. Give it with --set, as in {example}\n"
    graded = ("--set", "grade=serious", "--set", "reason=x")
    found = append(shell, case, "graded", "2026-11-03T10:00:00+08:00", *graded, code=1)
    assert "[grade-known]" in found
    assert "What can be recorded now" not in found


def test_a_number_in_small_letters_is_understood(shell: Shell, case: str) -> None:
    assert shell("show", case.lower()) == shell("show", case)
