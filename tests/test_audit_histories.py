"""Generated histories: 200 that were tampered with are all caught, 200 honest ones all pass."""

import random
from pathlib import Path

import pytest

from caseledger import auditing
from caseledger.history.repository import Repository
from caseledger.history.span import between
from caseledger.problem import Problem, Severity
from tests import deeds
from tests.deeds import DOUBTFUL, HONEST, TAMPERING
from tests.ledgers import Commit, Ledger, git

HISTORIES = 200
BESIDE = (deeds.open_cases, deeds.new_version, deeds.somebody_starts)
"""Honest work that leaves what is on record alone."""
AT_ONCE = 20
"""Histories of one test, so that they spread over the cores."""


def audited(folder: Path, ledger: Ledger, base: Commit, head: Commit) -> list[Problem]:
    """What an audit of a history finds."""
    ledger.write(folder, head)
    with Repository(folder) as repository:
        names = [git(folder, "rev-parse", f"refs/made/{commit.mark}") for commit in (base, head)]
        with auditing.Audit(repository, between(repository, *names)) as audit:
            return auditing.find(audit)


def errors(found: list[Problem]) -> list[Problem]:
    """Those that are wrong, without warnings and notes."""
    return [problem for problem in found if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("first", range(0, HISTORIES, AT_ONCE))
def test_honest_histories_pass(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        ledger = Ledger.begun(seed)
        base = head = ledger.commits[-1]
        more = random.Random(seed).choices(HONEST, k=ledger.chance.randint(1, 4))
        for deed in dict.fromkeys((HONEST[seed % len(HONEST)], *more)):
            head = deed(ledger, head)
        found = errors(audited(tmp_path / str(seed), ledger, base, head))
        assert found == [], (seed, [str(problem.message) for problem in found])


@pytest.mark.parametrize("first", range(0, HISTORIES, AT_ONCE))
def test_tampered_histories_are_caught(tmp_path: Path, first: int) -> None:
    """Among honest work before and after, and by the code that says what was done."""
    names = sorted(TAMPERING)
    for seed in range(first, first + AT_ONCE):
        ledger = Ledger.begun(1000 + seed)
        base = head = ledger.commits[-1]
        deed, code = TAMPERING[names[seed % len(names)]]
        for honest in (ledger.chance.choice(BESIDE), deed, ledger.chance.choice(BESIDE)):
            head = honest(ledger, head)
        found = audited(tmp_path / str(seed), ledger, base, head)
        found = found if deed in dict(DOUBTFUL.values()) else errors(found)
        assert any(problem.code.startswith(code) for problem in found), (seed, names[seed % len(names)], found)
