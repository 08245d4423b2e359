"""A range of commits as people write it, BASE..HEAD, and whether all of it is here."""

from dataclasses import dataclass

from caseledger.errors import CannotGoOn
from caseledger.history.repository import Repository
from caseledger.language import N_, Text


@dataclass(frozen=True)
class Span:
    """What HEAD adds to BASE ("": to nothing); `merge_bases` are the newest commits that both contain, () if none."""

    base: str
    head: str
    merge_bases: tuple[str, ...]

    @property
    def forward(self) -> bool:
        """Whether the head contains the base: nothing that stood there was taken out of the history."""
        return self.base in self.merge_bases


def parse(repository: Repository, span: str) -> Span:
    """The range that BASE..HEAD names; of BASE...HEAD the base is their merge base, as in git-diff(1)."""
    base, dots, head = span.partition("..")
    if not dots or not base:
        raise CannotGoOn(Text(N_("{span} is no range of commits; write BASE..HEAD."), span=span))
    found = between(repository, repository.commit(base), repository.commit(head.removeprefix(".") or "HEAD"))
    if not found.merge_bases:
        raise CannotGoOn(Text(N_("The commits of {span} have no common ancestor here."), span=span))
    return between(repository, found.merge_bases[0], found.head) if head.startswith(".") else found


def between(repository: Repository, base: str, head: str) -> Span:
    """The range between two commits; CannotGoOn if a shallow clone lacks some of it."""
    if repository.boundary.intersection(repository.lines("rev-list", f"{base}...{head}")):
        message = N_("Not all commits between {base} and {head} were fetched. Fetch them first: git fetch --unshallow")
        raise CannotGoOn(Text(message, base=base[:10], head=head[:10]))
    asked = repository.answer("merge-base", "--all", base, head)
    return Span(base, head, tuple(asked.decode().split()))
