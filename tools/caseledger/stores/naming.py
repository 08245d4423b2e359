"""How entries of cases name files of stores: by the store's name and the SHA-256, wherever the store is."""

import re

from caseledger.language import N_, Text

SCHEME = "store"
_URI = re.compile(rf"{SCHEME}:([a-z0-9][a-z0-9-]{{0,63}})/([0-9a-f]{{64}})")


def uri(name: str, digest: str) -> str:
    """What an entry calls a file of a store outside Git."""
    return f"{SCHEME}:{name}/{digest}"


def parts(text: str) -> tuple[str, str] | None:
    """The store and the SHA-256 that a uri names, None if it is no such uri."""
    match = _URI.fullmatch(text)
    return (match[1], match[2]) if match else None


def objection(text: str, digest: str) -> Text | None:
    """Why an entry cannot call the file with that SHA-256 so; None if it can."""
    named = parts(text)
    if named is None:
        return Text(N_("{uri} names no file of a store; one is called store:NAME/SHA-256."), uri=text)
    if named[1] != digest:
        return Text(N_("{uri} is called after another SHA-256 than the one beside it."), uri=text)
    return None
