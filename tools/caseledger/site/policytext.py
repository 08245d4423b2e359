"""The text of a policy, with every figure filled in from the policy's data."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from caseledger.articles import HEADING, PLACEHOLDER, Figure, figures
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.policy import Policy
from caseledger.site.words import Words


def fill(text: str, policy: Policy, words: Words, path: str) -> str:
    """The text of one language with its placeholders filled; CannotGoOn at one that names no figure."""
    known = figures(policy)

    def figure(match: re.Match[str]) -> str:
        if match[1] not in known:
            message = N_("{path} names [[{name}]], which is no figure of {policy}.")
            raise CannotGoOn(Text(message, path=path, name=match[1], policy=policy.name))
        return limit(words, *known[match[1]])

    return PLACEHOLDER.sub(figure, text.replace("<", "&lt;"))  # Markdown, but no HTML


def limit(words: Words, value: Figure, company_set: bool) -> str:
    """A figure in words, and a mark where the company has set it."""
    figure = words.figure(value)
    return words.t(N_("{figure} (set by the company)"), figure=figure) if company_set else figure


def with_clocks(text: str, policy: Policy, words: Words, live: Mapping[str, str]) -> str:
    """The text with a line below each article that names the deadlines which it sets, and `live`, how each stands."""

    def line(match: re.Match[str]) -> str:
        named = [clock for clock in policy.clocks if clock.clause == match[2]]
        link = Markup('<a href="#clock-{}">{}</a> {}')
        links = [link.format(clock.id, clock.title[words.language], live[clock.id]) for clock in named]
        below = Markup('<p class="cl-article" data-pagefind-ignore>{}: {}</p>').format(
            words.t(N_("Deadlines")), Markup(" · ").join(links)
        )
        return f"{match[1]}\n\n{below}\n" if named else match[1]

    return HEADING.sub(line, text)
