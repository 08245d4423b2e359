"""What goes to GitHub and comes back, held against GitHub's own description of its interface, by Prism."""

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from caseledger.flagging.github import HEADERS, GitHub
from caseledger.flagging.rest import Rest
from caseledger.flagging.run import Outcome
from caseledger.flagging.tracker import Issue
from tests import npm
from tests.forges import Forge, served
from tests.openapi import GITHUB, github
from tests.test_flagging import CASES, go

ISSUES = "repos/north/complaints/issues"


@contextmanager
def prism(log: Path, *words: str) -> Iterator[str]:
    """Prism at work, and its address. It writes a file: nobody would empty a pipe."""
    command = [*npm.program("prism"), *words, "--port", "0", "--host", "127.0.0.1", "--errors"]
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        for _ in range(600):
            found = re.search(r"Prism is listening on (\S+)", log.read_text("utf-8"))
            if found:
                break
            time.sleep(0.1)
        assert found, log.read_text("utf-8")
        yield found[1]
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """GitHub's own examples, for requests that are as described."""
    with prism(tmp_path_factory.mktemp("prism") / "log", "mock", str(GITHUB)) as url:
        yield url


@pytest.fixture(scope="module")
def between(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Forge, str]]:
    """The forge of the tests, and Prism before it, which lets through only what is as described, either way."""
    examples = github()["components"]["examples"]
    with served(Forge("github")) as forge:
        forge.model = {name: value for name, value in examples["issue"]["value"].items() if name != "pull_request"}
        forge.person = forge.model["assignees"][0]
        words = ("proxy", str(GITHUB), forge.url + forge.home)
        with prism(tmp_path_factory.mktemp("prism") / "log", *words) as url:
            yield forge, url


class Described(Forge):
    """Another address of a forge: that of Prism before it."""

    def __init__(self, url: str) -> None:
        super().__init__("github")
        self.url, self.home = url.removesuffix("/"), ""


def tracker(url: str) -> GitHub:
    return GitHub(Rest(url, "secret", HEADERS, sleep=lambda _seconds: None), ("north", "complaints"))


def test_a_whole_story_is_as_github_describes_it(between: tuple[Forge, str]) -> None:
    forge, url = between
    front = Described(url)
    assert len(go(front, CASES).opened) == 2
    assert go(front, CASES) == Outcome()
    assert list(go(front, CASES, 1).changed) == [2]
    assert list(go(front, CASES, 2).closed) == [1]
    forge.issues[0]["state"] = "open"
    forge.put(forge.issues[1]["title"], forge.issues[1]["body"], ("overdue",))
    assert sorted(go(front, CASES, 3).closed) == [1, 3]
    assert {request.method for request in forge.requests} == {"GET", "POST", "PATCH"}


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("POST", ISSUES, {"body": "no title"}),
        ("POST", ISSUES, {"title": "a", "body": 3}),
        ("POST", ISSUES, {"title": "a", "assignees": "lin"}),
        ("PATCH", f"{ISSUES}/1", {"state": "shut"}),
        ("PATCH", f"{ISSUES}/1", {"state_reason": "tired"}),
        ("GET", f"{ISSUES}?state=every", None),
        ("GET", f"{ISSUES}?sort=age", None),
    ],
)
def test_what_is_not_as_described_is_refused(mock: str, method: str, path: str, data: Any) -> None:
    answer = requests.request(method, f"{mock}/{path}", json=data, timeout=20)
    assert answer.status_code in (422, 400)


def test_an_answer_that_is_not_as_described_is_refused(between: tuple[Forge, str]) -> None:
    forge, url = between
    number = forge.put("One", "")["number"]
    path = f"{url}/repos/north/complaints/issues/{number}"
    assert requests.get(path, timeout=20).status_code == 200
    whole, forge.model = forge.model, {**forge.model, "comments": "many"}
    try:
        assert requests.get(path, timeout=20).status_code == 500
    finally:
        forge.model = whole


def test_github_s_own_examples_are_understood(mock: str) -> None:
    known = tracker(mock)
    issue = known.issue(1347)
    assert issue == Issue(
        number=1347,
        url="https://github.com/octocat/Hello-World/issues/1347",
        body="I'm having a problem with this.",
        is_open=True,
        labels=("bug",),
        assignees=("octocat",),
    )
    assert known.create("a", "b", ["bug"], ["octocat"]) == issue
    known.change(issue, issue.with_body("c", is_open=False))
    assert known.assignable(["octocat"]) == {"octocat"}
