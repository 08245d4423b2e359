"""Files that must fail, each with exactly the findings beside it, and files that must pass.

`NAME.expected` holds a line `code line:column` for each finding. Before these it may say `at PATH`, where the file
belongs (by default it is a case), and `without PATH`, what is taken away first. A folder is laid over the repository,
and its findings begin with the path.
"""

import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from caseledger import files, model, yamltext
from caseledger.rulebook import Rulebook
from caseledger.rules import every
from tests import mini

FAIL = sorted((mini.FILES / "fail").glob("*.expected"))
PASS = sorted((mini.FILES / "pass").iterdir())


def findings(expected: Path) -> list[str]:
    """The lines that name findings."""
    return [line for line in expected.read_text().splitlines() if not line.startswith(("at ", "without "))]


def test_the_repository_is_right(mini_repository: Path) -> None:
    assert mini.problems(mini_repository) == []


@pytest.mark.parametrize("expected", FAIL, ids=lambda path: path.stem)
def test_fails(mini_repository: Path, expected: Path) -> None:
    path = mini.lay(expected, mini_repository)
    problems = mini.problems(mini_repository)
    found = [f"{p.code} {p.place.line}:{p.place.column}" for p in problems]
    if path is None:
        found = [f"{p.path} {line}" for p, line in zip(problems, found, strict=True)]
    else:
        assert {p.path for p in problems} == {path.relative_to(mini_repository).as_posix()}
    assert found == findings(expected)


@pytest.mark.parametrize("example", PASS, ids=lambda path: path.stem)
def test_passes(mini_repository: Path, example: Path) -> None:
    if example.is_dir():
        shutil.copytree(example, mini_repository, dirs_exist_ok=True)
    else:
        path = files.case_path(mini_repository, yamltext.read(example.read_bytes(), example.name).data["id"])
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(example, path)
    assert mini.problems(mini_repository) == []


def test_every_example_is_used() -> None:
    stems = {path.name.removesuffix(".expected").removesuffix(".yml") for path in (mini.FILES / "fail").iterdir()}
    assert stems == {path.stem for path in FAIL}
    assert len(FAIL) >= 80
    assert len(PASS) >= 15


def test_every_rule_has_an_example_that_breaks_it() -> None:
    broken = {word for path in FAIL for line in findings(path) for word in line.split()}
    too_large_to_ship = {"yaml-size"}
    assert {rule.code for rule in every.ALL} - too_large_to_ship <= broken


def test_every_event_type_of_every_policy_passes_somewhere(mini_repository: Path) -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for example in mini.FILES.glob("pass/*.yml"):
        case = model.case(yamltext.read(example.read_bytes(), example.name).data)
        used["@".join(case.policy)].update(event.type for event in case.events)
    rulebook = Rulebook(mini_repository)
    policies = [policy for name in rulebook.policy_names if (policy := rulebook.policy(name))]
    assert {policy.name: set(policy.steps) for policy in policies} == used
