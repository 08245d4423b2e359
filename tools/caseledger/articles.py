"""What the text of a policy holds: articles with their anchors, and placeholders for the figures of the data."""

import re
from collections.abc import Iterator

from caseledger.duration import Duration
from caseledger.policy import Policy

PLACEHOLDER = re.compile(r"\[\[(.*?)\]\]")
Figure = Duration | tuple[str, str] | int
"""A length of time, an amount with its currency, or a number of cases."""

HEADING = re.compile(r"^(#+ .*\{#(\w+)\})[ \t]*$", re.MULTILINE)


def anchors(text: str) -> list[str]:
    """The anchors of a text's articles."""
    return [match[2] for match in HEADING.finditer(text)]


def article_at(text: str, index: int) -> str | None:
    """The anchor of the article that holds the character at `index`, None before the first."""
    above = [match[2] for match in HEADING.finditer(text, 0, index)]
    return above[-1] if above else None


def divided(text: str) -> dict[str, str]:
    """The text by anchor: each article from its heading to the next; "" is what comes before the first."""
    starts = [("", 0), *((match[2], match.start()) for match in HEADING.finditer(text))]
    ends = [start for _, start in starts[1:]]
    return {anchor: text[start:end] for (anchor, start), end in zip(starts, [*ends, len(text)], strict=True)}


def figures(policy: Policy) -> dict[str, tuple[Figure, bool]]:
    """What a placeholder may name, the figure that it stands for, and whether the company has set it."""
    return dict(_figures(policy))


def _figures(policy: Policy) -> Iterator[tuple[str, tuple[Figure, bool]]]:
    yield "retention", (policy.retention.keep, policy.retention.company_set)
    if policy.recording:
        yield "recording", (policy.recording.within, policy.recording.company_set)
    for duty in policy.obligations:
        yield f"obligation:{duty.id}", (duty.within, duty.company_set)
    for clock in policy.clocks:
        if len(clock.limits) == 1:
            yield clock.id, (clock.limits[0].within, clock.limits[0].company_set)
        for limit in clock.limits:
            match list(limit.when.items()):
                case [(_, str(value))]:
                    yield f"{clock.id}:{value}", (limit.within, limit.company_set)
                case [(fact, True)]:
                    yield f"{clock.id}:{fact}", (limit.within, limit.company_set)
        if clock.not_before:
            yield f"{clock.id}:not-before", (clock.not_before, False)
        if clock.extension:
            yield f"{clock.id}:max", (clock.extension.max, clock.extension.company_set)
    for criteria in policy.advice:
        name = f"advice:{criteria.grade}"
        if criteria.amount_from:
            yield f"{name}:amount", (criteria.amount_from, criteria.company_set)
        if criteria.similar_from:
            yield f"{name}:similar", (criteria.similar_from, criteria.company_set)
            yield f"{name}:window", (Duration(criteria.window.days, "d"), criteria.company_set)
