"""A case can be walked through every shipped policy, to each event, and no step that matters is skipped."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from caseledger import policy
from caseledger.model import ENDS
from caseledger.policy import Policy
from caseledger.yamltext import read

ROOT = Path(__file__).parents[1]
POLICIES = sorted(ROOT.glob("policy/*/*/policy.yml"))
AFTER_THE_END = {"reopened", "reported", "corrected", "evidence", "note"}

# In a cycle without the first, the second cannot happen.
NEEDED = [
    ("quality", "verified", "investigation-started"),
    ("quality", "investigation-started", "investigated"),
    ("quality", "graded", "emergency-started"),
    ("quality", "investigated", "closed"),
    ("quality", "agreed", "executed"),
    ("platform-quality", "verified", "assigned"),
    ("platform-quality", "investigated", "executed"),
    ("platform-quality", "followed-up", "closed"),
    ("trade", "assigned", "investigated"),
    ("trade", "agreed", "executed"),
    ("trade", "notified", "followed-up"),
    ("trade", "closed", "reported"),
    ("platform-service", "acknowledged", "investigated"),
    ("platform-service", "notified", "closed"),
    ("product", "verified", "assigned"),
    ("product", "investigated", "executed"),
    ("product", "confirmed", "closed"),
]


def load(path: Path) -> Policy:
    return policy.load(read(path.read_bytes(), path.name).data)


def shipped_steps(profile: str) -> Mapping[str, policy.Step]:
    return load(ROOT / f"policy/{profile}/2023-01-01/policy.yml").steps


@pytest.fixture(params=POLICIES, ids=lambda path: path.parent.parent.name)
def steps(request: pytest.FixtureRequest) -> Mapping[str, policy.Step]:
    return load(request.param).steps


def possible(steps: Mapping[str, policy.Step], opening: str, without: str = "") -> set[str]:
    """All types that some legal order of events reaches in a cycle; what may follow an end follows it."""
    reached = {"opened", opening}

    def allowed(types: Iterable[str]) -> set[str]:
        return {name for name in types if all(reached.intersection(choice) for choice in steps[name].after)}

    before_the_end = steps.keys() - ENDS - {"received", "reopened", without}
    while more := allowed(before_the_end) - reached:
        reached |= more
    reached |= allowed(steps.keys() & ENDS - {without})
    return reached | allowed(steps.keys() & AFTER_THE_END - {without})


def test_programs_only_receive_acknowledge_and_add(steps: Mapping[str, policy.Step]) -> None:
    allowed = {name for name, step in steps.items() if step.by is None or "bot" in step.by}
    assert allowed == {"received", "acknowledged", "evidence", "note"}


def test_every_event_can_happen_in_the_first_cycle(steps: Mapping[str, policy.Step]) -> None:
    assert possible(steps, "received") == {"opened", *steps}


def test_every_event_but_receipt_can_happen_after_reopening(steps: Mapping[str, policy.Step]) -> None:
    assert possible(steps, "reopened") == {"opened", *steps} - {"received"}


@pytest.mark.parametrize(("profile", "needed", "event"), NEEDED)
def test_no_step_is_skipped(profile: str, needed: str, event: str) -> None:
    steps = shipped_steps(profile)
    assert event not in possible(steps, "received", without=needed)
    assert event not in possible(steps, "reopened", without=needed)


@pytest.mark.parametrize("profile", ["quality", "platform-quality", "trade", "platform-service", "product"])
def test_a_case_without_agreement_can_be_closed(profile: str) -> None:
    assert "closed" in possible(shipped_steps(profile), "received", without="agreed")
