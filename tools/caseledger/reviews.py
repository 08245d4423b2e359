"""The records of periodic duties: read, checked against schema and rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from caseledger import files, review, schema, yamltext
from caseledger.errors import Refused
from caseledger.problem import Problem
from caseledger.review import Review
from caseledger.rulebook import Rulebook
from caseledger.rules import file_readable, of_records, review_path
from caseledger.rules.review_context import ReviewContext, ReviewLaw


@dataclass(frozen=True)
class Record:
    """One file below reviews/: its path from the root, what it records (None if that cannot be told), its problems."""

    path: str
    review: Review | None
    problems: tuple[Problem, ...]


def folder(root: Path) -> Path:
    """Where the records of a repository are."""
    return root / "reviews"


def read_all(rulebook: Rulebook, within: Sequence[Path] = ()) -> Iterator[Record]:
    """Every record of the repository, or those that are, or lie below, one of `within`."""
    for path in _files(folder(rulebook.root)):
        if not within or any(path.is_relative_to(place) for place in within):
            yield read(rulebook, path)


def read(rulebook: Rulebook, path: Path) -> Record:
    """One record; what lies where it does not belong records nothing."""
    shown = files.shown(path, rulebook.root)
    if stray := tuple(review_path.stray(path, shown)):
        return Record(shown, None, stray)
    try:
        document = yamltext.read(path.read_bytes(), shown)
    except OSError:
        return Record(shown, None, (file_readable.problem(shown),))
    except Refused as refused:
        return Record(shown, None, refused.problems)
    if found := schema.problems("review", document):
        return Record(shown, None, tuple(found))
    known = review.load(document.data)
    context = ReviewContext(
        document, known, rulebook.in_force(known.profile, known.period.last.isoformat()), rulebook.allowed
    )
    found = list(of_records.check_review(context, _law(rulebook, context)))
    return Record(shown, known if shown == known.path else None, tuple(found))


def _law(rulebook: Rulebook, context: ReviewContext) -> ReviewLaw | None:
    try:
        policy = rulebook.policy(context.version) if context.version else None
        return ReviewLaw(policy, rulebook.people) if policy else None
    except Refused:  # what judges the record cannot be used; its own problems say why
        return None


def _files(place: Path) -> Iterator[Path]:
    """Every file below a folder that is not hidden, in order; links are not followed."""
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        elif not path.name.startswith("."):
            yield path
