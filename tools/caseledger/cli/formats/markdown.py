"""For forges: Markdown in which nothing that somebody wrote into a file or a commit is markup."""

import re
from collections.abc import Iterator, Sequence

from caseledger import instant, labels
from caseledger.cli.formats import text as lines
from caseledger.findings import Finding
from caseledger.language import N_, current, translate
from caseledger.obligations import Duty
from caseledger.problem import Problem

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$!]|:(?=//)|(?<=www)\.|^[-+]|(?<=^\d)[.)]", re.IGNORECASE)
_RUNS = re.compile(r"`+")


def problems(found: Sequence[Problem]) -> str:
    """A table with a row for each problem; a sentence if there is none."""
    rows = [
        (
            str(labels.label("severity", problem.severity)),
            f"{problem.path}:{problem.place.line}",
            f"{problem.message} {problem.hint}",
            problem.code,
        )
        for problem in found
    ]
    return _table((N_("Severity"), N_("Place"), N_("What is wrong"), N_("Code")), rows)


def findings(found: Sequence[Finding], duties: Sequence[Duty] = ()) -> str:
    """A table with a row for each clock, then for each duty, worst first."""
    clocks = [
        (
            str(labels.label("status", one.status)),
            one.judged.id,
            one.verdict.clock.title[current()],
            one.judged.policy.role(one.verdict.owner, current()) or "–",
            instant.deadline(one.verdict.due) if one.verdict.due else "–",
        )
        for one in found
    ]
    rest = [
        (
            str(labels.label("status", duty.status)),
            duty.path or "–",
            lines.title(duty),
            duty.task.policy.role(duty.owner, current()),
            instant.deadline(duty.due),
        )
        for duty in duties
    ]
    return _table((N_("Status"), N_("Case"), N_("Deadline"), N_("Responsible"), N_("Due")), [*clocks, *rest])


def words(text: object) -> str:
    """A text on one line as it reads: no markup, no link, no mention, nothing that cannot be seen."""
    return _MARKUP.sub(r"\\\g<0>", visible(str(text))).replace("@", "@<!-- -->")


def code(text: object) -> str:
    """A text as code, in which a forge looks for nothing; it stands in a table, too."""
    shown = visible(str(text)).replace("|", "\N{BROKEN BAR}")
    fence = "`" * (max(map(len, _RUNS.findall(shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}" if shown.strip() else "–"


def visible(text: str) -> str:
    """A text on one line, with a mark in the place of every character that would not be seen."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split()))


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(_lines(headings, rows)) if rows else translate(N_("Nothing was found."))


def _lines(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(map(translate, headings))} |"
    yield f"|{'---|' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(map(words, row))} |"
