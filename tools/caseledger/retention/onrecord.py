"""What is on record: the archive and the law as the branch that is true has them, as far as this clone knows.

What a working copy says about itself decides nothing: a hold is released, and a disposal proposed, where the others
have agreed to it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from caseledger import seal, seals
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn
from caseledger.history.checkout import Checkout
from caseledger.history.repository import Repository
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook
from caseledger.rules import archive_sealed
from caseledger.seals import Archive


@dataclass(frozen=True)
class OnRecord:
    """A commit of the branch that is true: its archive, its law, and its case files where they were asked for."""

    commit: str
    archive: Archive
    checkout: Checkout

    @property
    def rulebook(self) -> Rulebook:
        """The law at that commit."""
        return self.checkout.rulebook

    def digests(self, paths: Iterable[str]) -> dict[str, str]:
        """The SHA-256 of those of these files that the commit has."""
        wanted = list(paths)
        self.checkout.write_paths(wanted)
        places = {path: self.checkout.folder / path for path in wanted}
        return {path: archive_sealed.digest(place) for path, place in places.items() if place.is_file()}


@contextmanager
def on_record(rulebook: Rulebook) -> Iterator[OnRecord]:
    """What the branch that is true holds; CannotGoOn where this clone does not know it."""
    clone, branch = Clone(rulebook.root), true_branch(rulebook)
    names = (f"{branch}@{{upstream}}", f"refs/remotes/origin/{branch}", f"refs/heads/{branch}")
    commit = next(filter(None, map(clone.commit, names)), None)
    if commit is None:
        raise CannotGoOn(Text(N_("There is no branch {branch} in this clone. Fetch it first."), branch=branch))
    with Repository(rulebook.root) as repository, TemporaryDirectory(prefix="caseledger-retention-") as folder:
        checkout = Checkout(repository, commit, Path(folder))
        checkout.write_paths([seal.FOLDER], largest=seal.LARGEST)
        yield OnRecord(commit, seals.read(checkout.folder), checkout)


def true_branch(rulebook: Rulebook) -> str:
    """The branch that is true, by the settings."""
    return str(rulebook.settings.get("forge", {}).get("branch", "main"))
