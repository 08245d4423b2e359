"""One file of evidence taken out of its store, for somebody who needs to see it."""

import sys
from collections.abc import Iterable
from pathlib import Path

from caseledger import files
from caseledger.errors import CannotGoOn, Refused
from caseledger.evidence import names
from caseledger.evidence.rules import ALTERED, MISSING
from caseledger.exhibits import Exhibit
from caseledger.language import N_, Text
from caseledger.problem import START
from caseledger.stores.registry import Stores
from caseledger.stores.store import Changed, Missing, checked, digest_of

_SHORTEST = 6
"""Digits of a SHA-256 that are enough to name a file of a case."""


def find(exhibits: Iterable[Exhibit], wanted: str) -> Exhibit:
    """The file of a case that is called so, or whose SHA-256 begins so; CannotGoOn if there is none, or several."""
    known = list(exhibits)
    found = {one.digest: one for one in known if one.name == wanted or names.clean(one.name) == wanted}
    if not found and len(wanted) >= _SHORTEST:
        found = {one.digest: one for one in known if one.digest.startswith(wanted.lower())}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        message = N_("Several files are called {name}. Name one by its SHA-256: {digests}.")
        raise CannotGoOn(Text(message, name=wanted, digests=", ".join(digest[:12] for digest in found)))
    if not known:
        raise CannotGoOn(Text(N_("The case has no evidence.")))
    message = N_("The case has no file of evidence called {name}; it has: {names}.")
    raise CannotGoOn(Text(message, name=wanted, names=", ".join(dict.fromkeys(one.name for one in known))))


def fetch(stores: Stores, exhibit: Exhibit, target: Path | None) -> Path | None:
    """Write a file where nothing is yet, by default under its own name here; its path, None for "-", standard output.

    Refused where the store has it not, or no longer as it was recorded; then nothing is written.
    """
    found = stores.holding(exhibit.case_file, exhibit.uri)
    if found is None:
        raise CannotGoOn(Text(N_("{name} is kept elsewhere: {uri}"), name=exhibit.name, uri=exhibit.uri))
    store, key = found
    path = target or Path(names.clean(exhibit.name))
    try:
        if str(path) != "-":
            files.create_from(path, checked(store.open(key), exhibit.digest))
            return path
        if digest_of(store.open(key))[0] != exhibit.digest:
            raise Changed
        for chunk in store.open(key):
            sys.stdout.buffer.write(chunk)
    except FileExistsError:
        message = N_("{path} is there already. Name another with --output.")
        raise CannotGoOn(Text(message, path=path)) from None
    except Missing:
        text = Text(N_("{name} is not in {place}."), name=exhibit.name, place=store.shown)
        raise Refused(text, [MISSING.problem(exhibit.case_file, START, text)]) from None
    except Changed:
        text = Text(N_("{name} in {place} is not what was recorded."), name=exhibit.name, place=store.shown)
        raise Refused(text, [ALTERED.problem(exhibit.case_file, START, text)]) from None
    return None
