"""Commits as they were written: who, when, with whom, what they said. Read from the objects themselves."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from caseledger.errors import CannotGoOn
from caseledger.history.repository import Repository
from caseledger.language import N_, Text

_PERSON = re.compile(r"(?P<name>[^<]*)<(?P<email>[^>]*)>")
_STAMPED = re.compile(_PERSON.pattern + r" (?P<time>\d{1,12}) (?P<sign>[+-])(?P<hours>\d\d)(?P<minutes>\d\d)", re.ASCII)
_TRAILER = re.compile(r"[A-Za-z0-9-]+: \S.*|\(cherry picked from commit .*")
_COAUTHOR = re.compile(r"co-authored-by: *(?P<person>.*)", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Identity:
    """Who, as Git knows them."""

    name: str
    email: str


@dataclass(frozen=True)
class Commit:
    """One commit; `subject` is the first line of its message, fit to be shown, `body` all that follows."""

    id: str
    parents: tuple[str, ...]
    author: Identity
    authored: datetime
    committer: Identity
    committed: datetime
    coauthors: tuple[Identity, ...]
    subject: str
    body: str
    tree: str


def commits(repository: Repository, base: str, head: str) -> list[Commit]:
    """The commits that are reachable from head and not from base ("": all), oldest first, along every parent."""
    without = (f"^{base}",) if base else ()
    return list(read(repository, repository.lines("rev-list", "--topo-order", "--reverse", head, *without)))


def read(repository: Repository, ids: Iterable[str]) -> Iterator[Commit]:
    """The commits of these ids."""
    wanted = list(ids)
    for name, raw in zip(wanted, repository.read(wanted), strict=True):
        try:
            yield _parsed(name, raw)
        except (ValueError, KeyError, OverflowError):
            message = N_("The commit {commit} is damaged: its author, committer or time cannot be read.")
            raise CannotGoOn(Text(message, commit=name[:10])) from None


def _parsed(name: str, raw: bytes) -> Commit:
    head, _, message = raw.decode("utf-8", "replace").partition("\n\n")
    fields: dict[str, list[str]] = {}
    for line in head.split("\n"):
        key, _, value = line.partition(" ")
        if key:  # lines that begin with a space continue a signature
            fields.setdefault(key, []).append(value)
    author, authored = _stamped(fields["author"][0])
    committer, committed = _stamped(fields["committer"][0])
    subject, _, body = message.lstrip("\n").partition("\n")
    return Commit(
        id=name,
        parents=tuple(fields.get("parent", ())),
        author=author,
        authored=authored,
        committer=committer,
        committed=committed,
        coauthors=tuple(_coauthors(body)),
        subject=_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", subject.strip()),
        body=body.strip("\n"),
        tree=fields["tree"][0],
    )


def _stamped(text: str) -> tuple[Identity, datetime]:
    """Name, address and moment of an author or committer."""
    match = _STAMPED.fullmatch(text)
    if not match:
        raise ValueError(text)
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
    zone = timezone(-offset if match["sign"] == "-" else offset)
    return _identity(match), datetime.fromtimestamp(int(match["time"]), zone)


def _coauthors(body: str) -> Iterator[Identity]:
    """Those named by Co-authored-by among the trailers, the last paragraph (git-interpret-trailers(1))."""
    last = body.strip().rpartition("\n\n")[2].splitlines()
    if all(map(_TRAILER.match, last)):
        for line in last:
            match = _COAUTHOR.fullmatch(line)
            person = _PERSON.fullmatch(match["person"].strip()) if match else None
            if person:
                yield _identity(person)


def _identity(match: re.Match[str]) -> Identity:
    return Identity(match["name"].strip(), match["email"].strip())
