"""Random lifecycles under every shipped policy: an event is accepted exactly if the policy's data allow it.

What is allowed is worked out by `tests.oracle.lifecycle`, which knows nothing of the program. Each walk goes on with
events that are allowed, mostly such as the cycle has not seen; at every step it tries others as well.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from caseledger import casefile, files, yamltext
from caseledger.cli.main import run
from caseledger.rulebook import Rulebook
from tests.oracle import lifecycle
from tests.strategies import lifecycles

ROOT = Path(__file__).parents[1]
PROFILES = ["quality", "platform-quality", "trade", "platform-service", "product"]
RECEIVED = datetime(2026, 11, 3, 9, 0, tzinfo=timezone(timedelta(hours=8)))
NOW = RECEIVED + timedelta(days=15)
ANYBODY = {"note", "evidence"}

Data = dict[str, Any]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook(ROOT)


@pytest.fixture(scope="module")
def people(rulebook: Rulebook) -> dict[str, str]:
    """Somebody who holds a role on the day of these cases, by role."""
    day = date(2026, 11, 3)
    return {role: person.id for person in rulebook.people.persons.values() for role in person.roles_on(day)}


@pytest.fixture
def policy(profile: str) -> Data:
    path = ROOT / f"policy/{profile}/2023-01-01/policy.yml"
    data: Data = yamltext.read(path.read_bytes(), path.name).data
    return data


def written(case: Data, event: Data, people: dict[str, str]) -> Data:
    """The event as it stands in a file: with its time, a minute after the last, and a person."""
    at = RECEIVED + timedelta(minutes=len(case["events"]))
    return {"at": at.isoformat(), "type": event["type"], "by": people[event["as"]], **event}


def accepted(rulebook: Rulebook, case: Data, event: Data) -> bool:
    """Whether the program finds nothing wrong with the case with this event, which is what `append` asks."""
    path = f"cases/2026/11/{case['id']}.yml"
    text = json.dumps({**case, "events": [*case["events"], event]})
    found = casefile.examine(rulebook, NOW, yamltext.read(text.encode(), path))
    return not any(problem.severity == "error" for problem in found)


def step(chance: Random, policy: Data, people: dict[str, str], case: Data) -> Data | None:
    """An event that is allowed next, of a type that the cycle has not seen if chance finds one."""
    cycle = {event["type"] for event in lifecycle.present_cycle(case["events"])}
    new = [kind for kind in lifecycles.KINDS if kind not in cycle | ANYBODY | {"declined", "withdrawn"}]
    for kinds in [new] * 60 + [lifecycles.KINDS] * 20:
        event = written(case, lifecycles.event(chance, policy, chance.choice(kinds)), people)
        if lifecycle.allowed(policy, case, event):
            return event
    return None


class Try(NamedTuple):
    """A case, an event that might come next, whether the policy allows it, and whether the walk goes on with it."""

    case: Data
    event: Data
    allowed: bool
    goes_on: bool


def tries(chance: Random, policy: Data, people: dict[str, str], steps: int) -> Iterator[Try]:
    """A walk through a policy, and what it tried at each step."""
    case: Data = {**lifecycles.head(chance, policy), "events": []}
    role = policy["events"]["received"]["by"][0]
    case["events"].append(written(case, {"type": "received", "as": role}, people))
    for _ in range(steps):
        for _ in range(2):
            other = written(case, lifecycles.event(chance, policy, chance.choice(lifecycles.KINDS)), people)
            yield Try(case, other, lifecycle.allowed(policy, case, other), goes_on=False)
        event = step(chance, policy, people, case)
        if event:
            yield Try(case, event, allowed=True, goes_on=True)
            case["events"].append(event)


@pytest.mark.parametrize("profile", PROFILES)
def test_an_event_is_accepted_exactly_if_the_policy_allows_it(
    rulebook: Rulebook, people: dict[str, str], policy: Data
) -> None:
    took: Counter[str] = Counter()
    refused: Counter[str] = Counter()

    @seed(20261103)
    @settings(max_examples=20, deadline=None, database=None)
    @given(st.randoms(use_true_random=True))
    def walk(chance: Random) -> None:
        for case, event, is_allowed, _ in tries(chance, policy, people, steps=30):
            assert accepted(rulebook, case, event) == is_allowed, event
            (took if is_allowed else refused)[event["type"]] += 1

    walk()
    used = policy["events"].keys() & set(lifecycles.KINDS)
    assert used - took.keys() == {"received"}
    assert set(lifecycles.KINDS) - refused.keys() <= ANYBODY


@pytest.mark.parametrize("profile", PROFILES)
def test_the_command_accepts_the_same(repository: Path, people: dict[str, str], policy: Data) -> None:
    """A walk by `caseledger append` alone; what it refuses, it does not write."""
    path: Path | None = None
    for case, event, is_allowed, goes_on in tries(Random(11), policy, people, steps=9):
        if path is None:
            path = files.case_path(repository, case["id"])
            path.parent.mkdir(parents=True)
            path.write_text(yamltext.write(case), "utf-8")
        own = [(name, value) for name, value in event.items() if name not in ("at", "type", "by", "as", "note")]
        said = [f"{name}={value if isinstance(value, str) else json.dumps(value)}" for name, value in own]
        pairs = [part for pair in said for part in ("--set", pair)]
        words = [part for name in ("at", "by", "as", "note") if name in event for part in (f"--{name}", event[name])]
        before = path.read_bytes()
        if goes_on or not is_allowed:
            code = run(["append", case["id"], event["type"], *words, *pairs, "--repo", str(repository)])
            assert (code == 0) == is_allowed, event
            assert is_allowed or path.read_bytes() == before
