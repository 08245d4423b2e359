"""What belongs to a person alone stands in no text and no file name: Git never forgets, and many read it."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from caseledger import leaks
from caseledger.language import N_, Text
from caseledger.leaks import Allowed, Leak, Texts
from caseledger.problem import START, Problem, Rule
from caseledger.rules.context import CaseContext, TextContext

if TYPE_CHECKING:
    from caseledger.rules.review_context import ReviewContext

RULE = Rule(
    "personal-data",
    N_("A text or file name holds an e-mail address, a telephone number, or the number of a card, account or person."),
    N_(
        "Take it out before it is committed: a case names the consumer by consumer.ref alone. What may stand all the"
        " same is listed, with reason, in policy/allowed-personal-data.yml."
    ),
    "note: Call her on +44 20 7946 0123",
)


def check(context: "CaseContext | ReviewContext | TextContext") -> Iterator[Problem]:
    """Every piece of personal data in a free text, its middle left out."""
    texts, market = context.texts, context.document.data.get("market", "")
    if not any(_together(texts, market)):  # most files hold none
        return
    for steps, text, is_number in texts:
        found = leaks.mails_and_links(leaks.plainly(text)) if is_number else leaks.leaks(text, market, texts.known)
        for leak in found:
            if not context.allowed.holds(leak.value, context.document.path):
                yield context.problem(RULE, steps, message(steps, leak))


def _together(texts: Texts, market: str) -> Iterator[Leak]:
    """What is found in all texts at once."""
    yield from leaks.mails_and_links(texts.words)
    yield from leaks.mails_and_links(texts.names)
    yield from leaks.numbers(texts.numbered, market)


def check_names(paths: Iterable[str], allowed: Allowed) -> Iterator[Problem]:
    """The same of the names of files: `paths` from the root, each shown by its folder alone."""
    for path in paths:
        found = PurePosixPath(path)
        for leak in leaks.leaks(found.name, ""):
            if not allowed.holds(leak.value, path):
                text = Text(
                    N_("The name of the file {name} holds {kind}: {value}."),
                    name=leaks.masked(found.name),
                    kind=Text(leak.kind),
                    value=leaks.masked(leak.value),
                )
                yield RULE.problem(str(found.parent), START, text)


def check_said(text: str, option: str, allowed: Allowed) -> Iterator[Problem]:
    """The same of a text that was given with an option of a command, and is about to be kept."""
    for leak in leaks.leaks(text, ""):
        if not allowed.holds(leak.value, ""):
            yield RULE.problem(option, START, message((option,), leak))


def message(steps: tuple[str | int, ...], leak: Leak) -> Text:
    """What was found where, its middle left out: reports of checks are read by many."""
    field = next(step for step in reversed(steps) if isinstance(step, str))
    return Text(N_("{field} holds {kind}: {value}."), field=field, kind=Text(leak.kind), value=leaks.masked(leak.value))
