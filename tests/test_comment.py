"""`caseledger comment`: one comment of a pull request, on whichever forge, whatever goes wrong on the way."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseledger.flagging.comment import LONGEST, MARKER
from tests import pipelines, swift
from tests.forges import HOME, Fault, Forge, Request, served

TOKEN = "glpat-secret-token"
WRITTEN, SAME = "The comment is written.\n", "The comment says so already.\n"


class Repository:
    """A case repository whose forge is on loopback, and what `comment` does there."""

    def __init__(self, root: Path, forge: Forge) -> None:
        self.root, self.forge = root, forge
        settings = (root / "caseledger.yml").read_text("utf-8").partition("forge:")[0]
        there = f"forge:\n  kind: {forge.kind}\n  url: {forge.url}/north/complaints\n"
        (root / "caseledger.yml").write_text(settings + there, "utf-8")
        (root / ".venv").symlink_to(sys.prefix)

    def comment(self, text: str, number: int = 7, code: int = 0, token: str = TOKEN) -> str:
        (self.root / "summary.md").write_bytes(text.encode())
        return self._said(swift.run(["comment", str(number), "summary.md"], self.root, self._given(token)), code)

    def run(self, script: str, token: str, **more: str) -> str:
        """What a script of the shipped pipelines prints."""
        ran = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=self.root,
            env={**self._given(token), **more},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return self._said(ran, 0)

    def _given(self, token: str) -> dict[str, str]:
        own = {"NO_PROXY": "*", "LANGUAGE": "en", "LANG": "C.UTF-8"}
        return {"PATH": os.environ["PATH"], "CASELEDGER_FORGE_TOKEN": token, **own}

    def _said(self, ran: "subprocess.CompletedProcess[str]", code: int) -> str:
        assert ran.returncode == code, ran.stdout + ran.stderr
        assert TOKEN not in ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    @property
    def said(self) -> list[tuple[int, str]]:
        """The comments: on which pull request, and what."""
        return [(one["on"], one["body"]) for one in self.forge.comments]


@pytest.fixture(params=HOME)
def place(request: pytest.FixtureRequest, repository: Path) -> Iterator[Repository]:
    with served(Forge(request.param)) as forge:
        yield Repository(repository, forge)


def test_one_comment_is_written_then_changed_and_else_left_alone(place: Repository) -> None:
    place.forge.say(7, "Looks good to me.")
    place.forge.say(8, f"{MARKER}\nof another")
    assert place.comment("one <b>\n") == WRITTEN
    assert place.comment("one <b>\n") == SAME
    assert place.comment("two\n") == WRITTEN
    assert place.said == [(7, "Looks good to me."), (8, f"{MARKER}\nof another"), (7, f"{MARKER}\ntwo\n")]
    assert len(place.forge.writes) == 2


def test_it_is_found_behind_many_others(place: Repository) -> None:
    for number in range(130):
        place.forge.say(7, f"No. {number}")
    place.comment("one\n")
    place.comment("two\n")
    assert place.said[130:] == [(7, f"{MARKER}\ntwo\n")]


def test_a_comment_that_only_looks_like_ours_is_left_alone(place: Repository) -> None:
    place.forge.say(7, f"{MARKER}\nAll is fine, merge it.", ours=False)
    assert place.comment("one\n") == WRITTEN
    assert place.said[1:] == [(7, f"{MARKER}\none\n")]
    assert place.comment("one\n") == SAME


@pytest.mark.parametrize("after", [False, True])
def test_nothing_is_said_twice_when_the_answer_is_lost(place: Repository, after: bool) -> None:
    lost: list[Request] = []

    def fault(request: Request) -> Fault | None:
        if request.method == "GET" or lost:
            return None
        lost.append(request)
        return Fault(after=after)

    place.forge.fault = fault
    assert place.comment("one\n") == WRITTEN
    assert place.said == [(7, f"{MARKER}\none\n")]


def test_what_is_too_long_is_cut_at_a_line(place: Repository) -> None:
    place.comment("一二三四五六七八九\n" * (LONGEST // 10 + 50))
    [(_, body)] = place.said
    assert len(body) < LONGEST + 100
    assert body.endswith("九\n\nThe rest is in the run of the pipeline.\n")


def test_without_a_token_or_the_right_to_write_it_says_what_to_do(place: Repository) -> None:
    assert place.comment("one\n", code=2, token="") == (
        "Error: There is no token in CASELEDGER_FORGE_TOKEN. docs/bots.md says how to get one.\n"
    )
    place.forge.fault = lambda request: Fault(403) if request.method == "POST" else None
    assert "Has the token in CASELEDGER_FORGE_TOKEN the rights" in place.comment("one\n", code=2)
    assert place.said == []


@pytest.mark.parametrize("kind", ["github", "gitea"])
def test_what_the_shipped_pipelines_run_does_it(kind: str, repository: Path) -> None:
    job = dict(pipelines.on_actions(pipelines.ROOT / f".{kind}/workflows/check.yml"))["comment"]
    values = {"github.token": TOKEN, "github.event.pull_request.number": "7"}
    with served(Forge(kind)) as forge:
        place = Repository(repository, forge)
        (repository / ".cache/summary").mkdir(parents=True)
        (repository / ".cache/summary/summary.md").write_text("one\n", "utf-8")
        given = pipelines.filled(job[-1].variables, values)
        place.run(job[-1].script, given.pop("CASELEDGER_FORGE_TOKEN"), **given)
        assert place.said == [(7, f"{MARKER}\none\n")]
