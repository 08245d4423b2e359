"""`caseledger flag`: what goes out to a forge, and what it says to whoever runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseledger import findings, instant, register
from caseledger.flagging import marker
from caseledger.rulebook import Rulebook
from tests import pipelines, swift
from tests.casework import CASE, case, event, put
from tests.forges import HOME, JSON, Fault, Forge, served

PLANTED = "PLANTED-Ola-Nordmann-90909090"
AS_OF = ("--as-of", "2026-11-06T12:00:00+08:00")
TOKEN = "glpat-secret-token"


class Repository:
    """A case repository whose forge is on loopback, and what `flag` does there."""

    def __init__(self, root: Path, forge: Forge) -> None:
        self.root, self.forge = root, forge
        self.told: dict[str, str] = {}
        settings = (root / "caseledger.yml").read_text("utf-8").partition("forge:")[0]
        self.settings(
            f"{settings}forge:\n  kind: {forge.kind}\n  url: {forge.url}/north/complaints\n"
            "flags:\n  departments:\n    customer-service: {assignees: [lin], labels: [客服]}\n"
        )

    def settings(self, text: str) -> None:
        (self.root / "caseledger.yml").write_text(text, "utf-8")

    def __call__(self, *words: str, code: int = 0, lang: str = "en", **environment: str) -> str:
        given = {
            "PATH": os.environ["PATH"],
            "LANGUAGE": lang,
            "LANG": "C.UTF-8",
            "CASELEDGER_FORGE_TOKEN": TOKEN,
            "NO_PROXY": "*",
            **self.told,
            **environment,
        }
        ran = swift.run(["flag", *words], self.root, given)
        assert ran.returncode == code, ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr
        assert TOKEN not in ran.stdout + ran.stderr
        return ran.stdout + ran.stderr


@pytest.fixture(params=HOME)
def flag(request: pytest.FixtureRequest, repository: Path) -> Iterator[Repository]:
    with served(Forge(request.param)) as forge:
        yield Repository(repository, forge)


def planted() -> JSON:
    """A case with the same words in every field that takes words of others."""
    base = case(
        event("2026-11-03 09:12", "received", note=PLANTED),
        event("2026-11-04 10:00", "verified", in_scope=True, complete=True, note=PLANTED),
    )
    return {
        **base,
        "consumer": {"ref": "U-5J2M8Q1TZX"},
        "order": {"platform": PLANTED, "number": PLANTED},
        "product": {"sku": PLANTED, "name": PLANTED, "model": PLANTED, "specification": PLANTED, "batch": PLANTED},
        "carrier": {"name": PLANTED, "tracking": PLANTED},
        "summary": PLANTED,
        "description": f"<!-- {PLANTED} -->",
        "translation": {"en": PLANTED},
        "source": {"system": "zendesk", "id": PLANTED},
    }


def test_numbers_deadlines_and_links_go_out_and_nothing_else(flag: Repository) -> None:
    put(flag.root, planted())
    said = flag(*AS_OF)
    [issue] = flag.forge.issues
    url = f"{flag.forge.url}/north/complaints"
    assert said == f"Opened: {url}/issues/1\nIssues opened: 1, changed: 0, closed: 0.\n"
    assert PLANTED not in json.dumps([request.__dict__ for request in flag.forge.requests], ensure_ascii=False)
    assert "U-5J2M8Q1TZX" not in issue["body"]
    assert (issue["title"], issue["labels"], issue["assignees"]) == (f"超时：{CASE}", ["overdue", "客服"], ["lin"])
    file = {"github": "blob/main", "gitlab": "-/blob/main", "gitea": "src/branch/main"}[flag.forge.kind]
    assert issue["body"] == (
        f"<!-- caseledger flag {CASE}\n"
        "at 2026-11-06T04:00:00+00:00\n"
        "for customer-service\n"
        f"{CASE}/1/investigation-start/overdue\n"
        f"{CASE}/1/response/overdue\n"
        "-->\n"
        "\n"
        "已超时 2 项，最早一项到期：2026-11-05 24:00。\n"
        "\n"
        "| 时限状态 | 时限 | 责任方 | 到期 | 条款 |\n"
        "|---|---|---|---|---|\n"
        "| 已超时 | 启动调查 | 客服部 | 2026-11-05 24:00 | A11 |\n"
        "| 已超时 | 首次响应 | 客服部 | 2026-11-05 24:00 | A11 |\n"
        "\n"
        f"文件：[{CASE}]({url}/{file}/cases/2026/11/{CASE}.yml)\n"
        "\n"
        "以上内容由 caseledger 维护，请写在下方。手工关闭后，出现新的超时才会重新打开。\n"
        "\n"
        "<!-- end of caseledger flag -->"
    )


def test_the_keys_are_those_of_sla(flag: Repository) -> None:
    put(flag.root, planted())
    flag(*AS_OF)
    now = instant.parse(AS_OF[1])
    rulebook = Rulebook(flag.root)
    found = findings.find(findings.judge(rulebook, register.read_all(flag.root, now), now), now)
    known = marker.read(flag.forge.issues[0]["body"])
    assert known is not None
    assert sorted(known.keys) == sorted(finding.key for finding in found)


def test_nothing_is_written_twice_whatever_the_language_of_the_one_who_runs_it(flag: Repository) -> None:
    put(flag.root, planted())
    flag(*AS_OF)
    flag.forge.requests.clear()
    assert flag(*AS_OF) == "Issues opened: 0, changed: 0, closed: 0.\n"
    assert flag(*AS_OF, lang="zh") == "事项：新开 0，更新 0，关闭 0。\n"
    assert flag.forge.writes == []


def test_an_ended_case_has_the_last_word(flag: Repository) -> None:
    put(flag.root, planted())
    flag(*AS_OF)
    put(flag.root, {**planted(), "events": [*planted()["events"], event("2026-11-06 12:30", "withdrawn")]})
    url = f"{flag.forge.url}/north/complaints/issues/1"
    assert flag("--as-of", "2026-11-06T13:00:00+08:00") == (
        f"Closed: {url}\nIssues opened: 0, changed: 0, closed: 1.\n"
    )
    [issue] = flag.forge.issues
    assert issue["state"] == "closed"
    assert "已无超时。曾经超时的仍为超时，并计入统计。" in issue["body"]
    assert "| 超时完成 |" in issue["body"]


def test_a_file_that_cannot_be_read_closes_nothing(flag: Repository) -> None:
    path = put(flag.root, planted())
    flag(*AS_OF)
    path.write_text("schema: 1\nid: [", "utf-8")
    url = f"{flag.forge.url}/north/complaints/issues/1"
    assert flag(*AS_OF) == (
        "Issues opened: 0, changed: 0, closed: 0.\n"
        f"Left alone, as what it is about is not there or cannot be read: {url}\n"
    )
    assert flag.forge.issues[0]["state"] == "open"


def test_where_the_site_is_known_the_issue_leads_to_it(flag: Repository) -> None:
    flag.settings(f"{(flag.root / 'caseledger.yml').read_text('utf-8')}site: https://complaints.example.cn\n")
    put(flag.root, planted())
    flag(*AS_OF)
    page = f"https://complaints.example.cn/zh/cases/2026/11/{CASE}.html"
    assert f"\n\n网站页面：<{page}>\n\n" in flag.forge.issues[0]["body"]


def test_duties_have_issues_of_their_own(flag: Repository) -> None:
    put(flag.root, case(event("2026-10-08 09:12", "received"), case_id="C-20261008-7K3QD"))
    flag("--as-of", "2026-11-22T12:00:00+08:00")
    titles = [issue["title"] for issue in flag.forge.issues]
    assert titles == ["超时：C-20261008-7K3QD", "超时：月度汇总报告 2026-10"]
    flag.forge.requests.clear()
    flag("--as-of", "2026-11-22T12:00:00+08:00")
    assert flag.forge.writes == []


def test_a_dry_run_shows_what_it_would_do_and_writes_nothing(flag: Repository) -> None:
    put(flag.root, planted())
    said = flag("--dry-run", *AS_OF)
    assert said.startswith(f"超时：{CASE}\n    Labels: overdue, 客服\n    Assigned to: lin\n    已超时 2 项")
    assert said.endswith("Issues opened: 1, changed: 0, closed: 0.\nNothing was written.\n")
    assert flag.forge.writes == []
    assert len(flag.forge.requests) > 0


def test_a_dry_run_without_a_token_asks_nobody(flag: Repository) -> None:
    put(flag.root, planted())
    said = flag("--dry-run", *AS_OF, CASELEDGER_FORGE_TOKEN="")
    assert said.endswith(
        "Without a token nobody can look at the issues that there are; this is what a first run would do.\n"
    )
    assert flag.forge.requests == []


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        (
            (),
            {"CASELEDGER_FORGE_TOKEN": ""},
            "Error: There is no token in CASELEDGER_FORGE_TOKEN. docs/bots.md says how to get one;"
            " --dry-run needs none.\n",
        ),
        ((), {"CASELEDGER_FORGE_TOKEN": "two words"}, "Error: What is in CASELEDGER_FORGE_TOKEN is no token.\n"),
        (
            ("--as-of", "2999-01-01T00:00:00Z"),
            {},
            "Error: --as-of is in the future: only --dry-run may look there.\n",
        ),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_asked(
    flag: Repository, words: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    assert flag(*words, code=2, **environment) == said
    assert flag.forge.requests == []


def test_without_a_forge_there_is_no_place_for_issues(repository: Path) -> None:
    flag = Repository(repository, Forge("github"))
    flag.settings("schema: 1\nprofile: quality\nlanguages: [zh, en]\n")
    assert flag(code=2) == (
        "Error: Which forge? Set forge in caseledger.yml: its kind and the address of the repository.\n"
    )


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (
            "github",
            {
                "GITHUB_ACTIONS": "true",
                "GITHUB_SERVER_URL": "{url}",
                "GITHUB_API_URL": "{url}/api/v3",
                "GITHUB_REPOSITORY": "north/complaints",
            },
        ),
        (
            "gitea",
            {
                "GITHUB_ACTIONS": "true",
                "GITHUB_SERVER_URL": "{url}",
                "GITHUB_API_URL": "{url}/api/v1",
                "GITHUB_REPOSITORY": "north/complaints",
            },
        ),
        (
            "gitlab",
            {
                "GITLAB_CI": "true",
                "CI_PROJECT_URL": "{url}/north/complaints",
                "CI_API_V4_URL": "{url}/api/v4",
                "CI_DEFAULT_BRANCH": "main",
            },
        ),
    ],
)
def test_the_ci_says_where_it_is(kind: str, told: dict[str, str], repository: Path) -> None:
    put(repository, planted())
    with served(Forge(kind)) as forge:
        flag = Repository(repository, forge)
        flag.settings("schema: 1\nprofile: quality\nlanguages: [en]\n")
        flag.told = {name: value.format(url=forge.url) for name, value in told.items()}
        flag(*AS_OF)
        [issue] = [issue for issue in forge.issues if CASE in issue["title"]]
        assert issue["title"] == f"Overdue: {CASE}"
        assert f"]({forge.url}/north/complaints/" in issue["body"]


@pytest.mark.parametrize("kind", HOME)
def test_what_the_shipped_pipelines_run_does_it(kind: str, repository: Path) -> None:
    jobs = {
        "github": lambda: dict(pipelines.on_actions(pipelines.ROOT / ".github/workflows/sla.yml")),
        "gitea": lambda: dict(pipelines.on_actions(pipelines.ROOT / ".gitea/workflows/sla.yml")),
        "gitlab": lambda: dict(pipelines.on_gitlab()),
    }
    block = jobs[kind]()["flag"][-1]
    [command] = [line.strip() for line in block.script.splitlines() if "caseledger" in line]
    put(repository, planted())
    with served(Forge(kind)) as forge:
        flag = Repository(repository, forge)
        of_ci = {"CASELEDGER_FORGE_TOKEN": TOKEN} if kind == "gitlab" else {}
        variables = pipelines.filled(block.variables, {"github.token": TOKEN}) | of_ci
        (repository / ".venv").symlink_to(sys.prefix)
        environment = {"PATH": os.environ["PATH"], "NO_PROXY": "*", **variables}
        ran = subprocess.run(
            command.split(), cwd=flag.root, env=environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        assert {request.run for request in forge.requests} == {TOKEN}
        assert CASE in "".join(issue["title"] for issue in forge.issues)


def test_the_token_of_github_goes_to_no_other_forge(flag: Repository) -> None:
    here = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_API_URL": "https://api.github.com"}
    said = flag(code=2, GITHUB_ACTIONS="true", GITHUB_REPOSITORY="north/complaints", **here)
    assert said == (
        f"Error: caseledger.yml names {flag.forge.url}/north/complaints as forge, but this is"
        " https://github.com/north/complaints, whose token is for nobody else.\n"
    )
    assert flag.forge.requests == []


def test_one_issue_that_the_forge_refuses_keeps_no_other_back(flag: Repository) -> None:
    put(flag.root, planted())
    put(flag.root, case(event("2026-11-03 09:12", "received"), case_id="C-20261103-2M4XN"))
    flag.forge.fault = lambda request: Fault(status=422) if CASE in str(request.data) else None
    said = flag(*AS_OF, code=2)
    assert "Issues opened: 1, changed: 0, closed: 0.\nError: POST " in said
    assert said.endswith(": the forge answers 422 Fault.\n")
    assert [issue["title"] for issue in flag.forge.issues] == ["超时：C-20261103-2M4XN"]


def test_a_refused_token_is_said_and_never_shown(flag: Repository) -> None:
    flag.forge.fault = lambda request: Fault(status=401)
    said = flag(*AS_OF, code=2)
    assert said.endswith(
        ": the forge answers 401 Fault. The token in CASELEDGER_FORGE_TOKEN is missing, wrong or expired.\n"
    )
    assert len(flag.forge.requests) == 1
