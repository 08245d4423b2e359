"""The text of a policy, with every figure filled in from the policy's data."""

import re
from collections.abc import Iterator

from markupsafe import Markup

from caseledger.duration import Duration
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.policy import Policy
from caseledger.site.words import Words

_PLACEHOLDER = re.compile(r"\[\[(.*?)\]\]")
_ARTICLE = re.compile(r"^(#+ .*\{#(\w+)\})[ \t]*$", re.MULTILINE)


def figures(policy: Policy) -> dict[str, tuple[Duration, bool]]:
    """What a placeholder may name, the figure that it stands for, and whether the company has set it."""
    return dict(_figures(policy))


def _figures(policy: Policy) -> Iterator[tuple[str, tuple[Duration, bool]]]:
    yield "retention", (policy.retention.keep, policy.retention.company_set)
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


def fill(text: str, policy: Policy, words: Words, path: str) -> str:
    """The text of one language with its placeholders filled; CannotGoOn at one that names no figure."""
    known = figures(policy)

    def figure(match: re.Match[str]) -> str:
        if match[1] not in known:
            message = N_("{path} names [[{name}]], which is no figure of {policy}.")
            raise CannotGoOn(Text(message, path=path, name=match[1], policy=policy.name))
        return limit(words, *known[match[1]])

    return _PLACEHOLDER.sub(figure, text)


def limit(words: Words, length: Duration, company_set: bool) -> str:
    """A figure in words, and a mark where the company has set it."""
    figure = words.length(length)
    return words.t(N_("{figure} (set by the company)"), figure=figure) if company_set else figure


def articles(text: str) -> list[str]:
    """The anchors of a text's articles."""
    return [match[2] for match in _ARTICLE.finditer(text)]


def with_clocks(text: str, policy: Policy, words: Words) -> str:
    """The text with a line below each article that names the deadlines which it sets."""

    def line(match: re.Match[str]) -> str:
        named = [clock for clock in policy.clocks if clock.clause == match[2]]
        links = [Markup('<a href="#clock-{}">{}</a>').format(clock.id, clock.title[words.language]) for clock in named]
        label = words.t(N_("Deadlines"))
        below = Markup('<p class="cl-article">{}: {}</p>').format(label, Markup(" · ").join(links))
        return f"{match[1]}\n\n{below}\n" if named else match[1]

    return _ARTICLE.sub(line, text)
