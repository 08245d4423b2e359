"""What consumers said on return visits: every visit counts for the month in which it was made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caseledger.figures.facts import ASPECTS, Visit
from caseledger.figures.months import Span

SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Answers:
    """The visits of some months: how many gave each score, how many reached nobody, the means (None: no answer)."""

    scores: Sequence[int]
    unreached: int
    mean: float | None
    aspects: Sequence[float | None]

    @property
    def answered(self) -> int:
        """How many gave a score."""
        return sum(self.scores)


def answers(visits: Iterable[Visit], span: Span) -> Answers:
    """What visits in the months of a span brought."""
    found = [visit for visit in visits if span.holds(visit.month)]
    given = [visit.score for visit in found if visit.score is not None]
    return Answers(
        scores=[given.count(score) for score in SCORES],
        unreached=len(found) - len(given),
        mean=_mean(given),
        aspects=[_mean(visit.aspects[place] for visit in found) for place in range(len(ASPECTS))],
    )


def _mean(scores: Iterable[int | None]) -> float | None:
    given = [score for score in scores if score is not None]
    return sum(given) / len(given) if given else None
