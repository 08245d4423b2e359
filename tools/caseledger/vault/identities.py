"""The secret keys of whoever is at work: a file of theirs alone, in the form that age itself uses."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyrage import IdentityError
from pyrage.x25519 import Identity

from caseledger import files
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.people import People

VARIABLE = "CASELEDGER_IDENTITY"


@dataclass(frozen=True)
class Identities:
    """Somebody's secret keys, and the file that they are in."""

    file: Path
    keys: Sequence[Identity]

    def owner(self, people: People) -> str | None:
        """Whose they are, by the public keys of people; None if nobody's."""
        return next((person.id for person in people.persons.values() if person.vault_key in self.public), None)

    @property
    def public(self) -> set[str]:
        """Their public halves."""
        return {str(key.to_public()) for key in self.keys}


def place() -> Path:
    """The file of the person at work: the one that the environment names, else the one in their own configuration."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming"))
    else:
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return folder / "caseledger" / "identity.txt"


def read() -> Identities:
    """The secret keys of the person at work; CannotGoOn where there are none, or where others could read them."""
    file = place()
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        message = N_(
            "There is no key of yours in {file}. Make one with caseledger private keys new, or name its file in"
            " {variable}."
        )
        raise CannotGoOn(Text(message, file=file, variable=VARIABLE)) from None
    except (OSError, UnicodeDecodeError):
        raise CannotGoOn(Text(N_("{file} cannot be read as a file of age keys."), file=file)) from None
    if sys.platform != "win32" and file.stat().st_mode & 0o077:
        message = N_("Others may read your key: {file}. Take that right from them: chmod 600 {file}")
        raise CannotGoOn(Text(message, file=file))
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        keys = [Identity.from_str(line) for line in found]
    except IdentityError:
        keys = []
    if not keys:
        raise CannotGoOn(Text(N_("{file} cannot be read as a file of age keys."), file=file))
    return Identities(file, keys)


def make(file: Path) -> str:
    """Write a new secret key into a file of its own and return the public one; CannotGoOn if the file is there."""
    identity = Identity.generate()
    public = str(identity.to_public())
    try:
        files.create(file, f"# public key: {public}\n{identity}\n".encode(), files.PRIVATE)
    except FileExistsError:
        message = N_("{file} is there already. Keep it, or move it away first: what it alone can read is lost with it.")
        raise CannotGoOn(Text(message, file=file)) from None
    return public
