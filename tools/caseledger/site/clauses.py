"""What holds to each article of a policy: by the policy itself, and by the trace of requirements where there is one."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from caseledger import articles, yamltext
from caseledger.language import N_
from caseledger.policy import Policy
from caseledger.site.words import Words

TRACE = Path("docs", "requirements.yml")
"""Where a repository says what its articles ask for and how it is met: rows by article."""

HOW = {"enforced": N_("enforced"), "recorded": N_("recorded"), "reported": N_("reported"), "text": N_("by the text")}
LISTED = {"rules": N_("Rules"), "fields": N_("Fields"), "commands": N_("Commands"), "pages": N_("Pages")}


def trace(root: Path) -> Mapping[str, Mapping[str, Any]]:
    """The rows of the repository's own trace by article, none where it has no such file."""
    path = root / TRACE
    rows: Mapping[str, Mapping[str, Any]] = {}
    if path.is_file():
        rows = yamltext.read(path.read_bytes(), TRACE.as_posix()).data["rows"]
    return rows


def by_article(policy: Policy, words: Words) -> dict[str, dict[str, list[str]]]:
    """What a policy sets under each article: by kind what things are called, each once, in the policy's order."""
    found: dict[str, dict[str, list[str]]] = {}
    for clause, kind, name in dict.fromkeys(_set(policy, words)):
        found.setdefault(clause, {}).setdefault(kind, []).append(name)
    return found


def headings(text: str) -> dict[str, str]:
    """The heading of every article of a text by its anchor."""
    return {
        anchor: part.splitlines()[0].lstrip("# ").partition(" {#")[0]
        for anchor, part in articles.divided(text).items()
        if anchor
    }


def _set(policy: Policy, words: Words) -> Iterator[tuple[str, str, str]]:
    for clock in policy.clocks:
        yield clock.clause, words.t(N_("Deadline")), clock.title[words.language]
    for name, step in policy.steps.items():
        if step.clause:
            yield step.clause, words.t(N_("Entry")), words.label("event", name)
    for condition in policy.conditions:
        for name in condition.events:
            yield condition.clause, words.t(N_("Condition on")), words.label("event", name)
    for duty in policy.obligations:
        yield duty.clause, words.t(N_("Obligation")), duty.title[words.language]
    for criteria in policy.advice:
        yield criteria.clause, words.t(N_("Grading advice")), words.title(policy.grades, criteria.grade)
    yield policy.retention.clause, words.t(N_("Retention")), words.length(policy.retention.keep)
