"""What was disposed of is gone, and was what a certificate says."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from caseledger import disposal
from caseledger.disposal import Certificate, Item
from caseledger.language import N_, Text
from caseledger.problem import START, Problem, Rule
from caseledger.rules import archive_sealed
from caseledger.seal import FOLDER, Seal

RULE = Rule(
    "archive-disposed",
    N_("A case is still here although a certificate says that it was disposed of, or was never sealed like that."),
    N_("Finish what was interrupted: caseledger retention dispose --decide NUMBER."),
    "# cases/archive/certificates/D-20261103-7K3QD.yml names a case whose file is still there",
)


def check(root: Path, certificate: Certificate, case_id: str, seals: Sequence[Seal]) -> Iterator[Problem]:
    """Whatever is left of a case that was disposed of, and whatever its certificate says otherwise than its seals."""
    path = disposal.path_of(disposal.CERTIFICATES, certificate.id)
    item = next(one for one in certificate.items if one.case == case_id)
    if seals and disposal.item(seals[-1]) != item:
        yield _problem(path, N_("{case} was not sealed as {id} says."), item, certificate)
    elif not seals and (root / FOLDER / f"{item.year}.yml").is_file():
        yield _problem(path, N_("{case} was never sealed, but {id} says so."), item, certificate)
    for left in remains(root, item):
        yield _problem(left, N_("{case} was disposed of under {id}, and this is still here."), item, certificate)


def remains(root: Path, item: Item) -> list[str]:
    """What is left of a case in the tree, its file first: paths from the root."""
    folder = item.path.removesuffix(".yml")
    beside = [f"{folder}/{name}" for name in archive_sealed.beside(root, item.path)]
    return [*([item.path] if (root / item.path).is_file() else []), *beside]


def _problem(path: str, message: str, item: Item, certificate: Certificate) -> Problem:
    hint = Text(N_("To finish it: caseledger retention dispose --decide {id}"), id=certificate.id)
    return RULE.problem(path, START, Text(message, case=item.case, id=certificate.id), hint)
