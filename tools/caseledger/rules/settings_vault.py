"""Personal data are kept outside the repository, apart from their keys, for roles that somebody holds."""

from collections.abc import Iterator
from pathlib import Path

from caseledger import yamltext
from caseledger.errors import Refused
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "settings-vault",
    N_("Where personal data are kept, or for whom, would not do."),
    N_("Name two folders outside the repository, and roles that policy/people.yml knows."),
    "vault: {records: vault, readers: [costumer-service]}",
)


def check(document: Document, root: Path) -> Iterator[Problem]:
    """Folders within the repository, one folder for both, readers in a role that nobody ever held."""
    vault = document.data.get("vault", {})
    folders = {key: (root / Path(vault[key]).expanduser()).resolve() for key in ("records", "keys") if key in vault}
    for key, folder in folders.items():
        if folder.is_relative_to(root.resolve()):
            message = Text(N_("{folder} is in the repository."), folder=vault[key])
            yield RULE.problem(document.path, document.place("vault", key), message)
    if len({*folders.values()}) < len(folders):
        message = Text(N_("Records and keys are in the same folder: who has one has both."))
        yield RULE.problem(document.path, document.place("vault", "keys"), message)
    held = _held(root) if "readers" in vault else set()
    for number, role in enumerate(vault.get("readers", ())):
        if held and role not in held:
            message = Text(N_("Nobody in policy/people.yml ever held the role {role}."), role=role)
            yield RULE.problem(document.path, document.place("vault", "readers", number), message)


def _held(root: Path) -> set[str]:
    """Every role that somebody holds or held; none where the file of people cannot be used, which says so itself."""
    path = root / "policy" / "people.yml"
    try:
        people = yamltext.read(path.read_bytes(), path.name).data["people"]
        return {held["role"] for person in people.values() for held in person["roles"]}
    except (OSError, Refused, KeyError, TypeError, AttributeError):
        return set()
