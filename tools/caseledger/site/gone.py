"""Cases that were disposed of, as figures go on counting them: by the certificates, as far as an audience may see."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from caseledger import disposals
from caseledger.audience import Sight
from caseledger.figures import past
from caseledger.figures.facts import Facts
from caseledger.figures.tally import Tally
from caseledger.site import visible
from caseledger.site.rows import Row


class Ended(NamedTuple):
    """How a case ended that is gone: the month, outcome and state."""

    month: str
    outcome: str
    state: str


class Counted(NamedTuple):
    """All cases that figures count, and of these the facts of cases that are gone."""

    all: Tally
    away: Sequence[Facts]


def counted(root: Path, rows: Sequence[Row], sight: Sight) -> Counted:
    """What figures count for an audience."""
    found = disposals.read(root)
    here = [row.facts for row in rows if row.id not in found.by_case]
    left = [facts for one in found.certificates.values() for facts in past.restored(one.data["counts"])]
    away = visible.facts(left, sight)
    return Counted(Tally([*here, *away]), away)


def ended(root: Path) -> Iterator[Ended]:
    """How each case ended that is gone."""
    for certificate in disposals.read(root).certificates.values():
        for one in certificate.data["counts"]["cases"]:
            for _ in range(one["cases"]):
                yield Ended(one["ended"], one.get("outcome", ""), one["state"])
