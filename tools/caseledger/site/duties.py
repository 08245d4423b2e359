"""The pages of periodic duties: what is owed and what was done, the corrective actions, and every record."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from caseledger import obligations, reviews
from caseledger.audience import INSIDE, Sight
from caseledger.clocks import OPEN
from caseledger.language import N_
from caseledger.obligations import Duty
from caseledger.review import Review
from caseledger.rulebook import Rulebook
from caseledger.site import paging, visible
from caseledger.site.casepage import margin
from caseledger.site.pages import Writer
from caseledger.site.rows import Row

ACTIONS = 20
"""Corrective actions below the obligations; where there are more, all of them stand on pages of their own."""


def judged(rulebook: Rulebook, rows: Sequence[Row], now: datetime, sight: Sight = INSIDE) -> list[Duty]:
    """Every duty and corrective action that may be known: open ones, first due first; then done ones, newest first."""
    known = [record.review for record in reviews.read_all(rulebook) if record.review]
    cases = (time for row in rows for time in row.opened)
    found = obligations.visible(obligations.judge(rulebook, cases, known, now), sight)
    newest = sorted(found, key=lambda duty: duty.due, reverse=True)
    waiting = sorted((duty for duty in newest if duty.status in OPEN), key=lambda duty: duty.due)
    return [*waiting, *(duty for duty in newest if duty.status not in OPEN)]


def write(writer: Writer, found: Sequence[Duty]) -> None:
    """Write the list of duties and of corrective actions, and the page of each record."""
    words = writer.words
    title = words.t(N_("Obligations"))
    actions = [duty for duty in found if duty.task.action]
    shown = {"margin": partial(margin, words), "page": page_of}
    for part in paging.parts("obligations/index", [duty for duty in found if not duty.task.action]):
        first = actions[:ACTIONS] if part.place["number"] == 1 else []
        writer.page(
            part.path, title, "duties.html", duties=part.items, actions=first, known=len(actions), **shown, **part.place
        )
    if len(actions) > ACTIONS:
        for one in paging.parts("obligations/actions", actions):
            writer.page(
                one.path, words.t(N_("Corrective actions")), "actions.html", actions=one.items, **shown, **one.place
            )
    for duty in found:
        if duty.review and not duty.task.action:
            writer.page(
                page_of(duty.review).replace(".html", ".md"),
                f"{duty.task.obligation.title[words.language]} {duty.task.period}",
                "review.html",
                duty=duty,
                data=duty.review.data,
                actions=[one for one in found if one.task.action and one.review == duty.review],
                margin=partial(margin, words),
                person=partial(_person, writer),
            )


def page_of(review: Review) -> str:
    """Where the page of a record is, from the top of a language's pages."""
    return f"obligations/{review.profile}-{review.kind}-{review.period}.html"


def _person(writer: Writer, name: str) -> str:
    found = visible.people(writer.names.rulebook.people, writer.sight).get(name)
    return found.name if found else name
