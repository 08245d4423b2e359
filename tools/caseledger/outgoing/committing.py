"""Commits of one case file with the evidence beside it, and of nothing else that lies about in the clone."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from caseledger import yamltext
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.outgoing.message import message
from caseledger.people import People


def refuse_unfit(clone: Clone, file: Path) -> None:
    """CannotGoOn where a commit of that file would take in something else than entries."""
    if name := clone.under_way():
        text = N_("A {name} is not finished in this clone. Finish it, or git {name} --abort, then record the entry.")
        raise CannotGoOn(Text(text, name=name))
    path = clone.path(file)
    staged = clone.commit("HEAD") and not clone.holds("diff", "--cached", "--quiet", "--", path)
    if staged and not clone.holds("diff", "--quiet", "--", path):
        text = N_("{path} has other changes that are staged. Commit them, or git restore --staged {path}")
        raise CannotGoOn(Text(text, path=path))
    if file.exists():
        _new_events(clone, file)


def commit(clone: Clone, people: People, file: Path) -> str | None:
    """Commit the entries of a case file that HEAD does not have; the subject of the commit, None if there are none."""
    events, data = _new_events(clone, file)
    if not events:
        return None
    path = clone.path(file)
    email = clone.run("config", "--get", "user.email").stdout.strip()
    committer = people.by_email(email)
    text = message(data["id"], events, committer.id if committer else None)
    paths = [path, *map(clone.path, _beside(file, events))]
    clone.ask("add", "--", *paths)
    clone.ask("commit", "--quiet", "--only", "--cleanup=verbatim", "--file=-", "--", *paths, given=text)
    return text.partition("\n")[0]


def _beside(file: Path, events: Iterable[Mapping[str, Any]]) -> Iterator[Path]:
    """The files in the case's folder that entries name as evidence, and what says how Git keeps them."""
    folder = file.with_suffix("")
    uris = [named["uri"] for event in events if event["type"] == "evidence" for named in event["files"]]
    named = {folder / uri for uri in uris if ":" not in uri}
    attributes = {folder / ".gitattributes"} if named else set()
    yield from sorted(path for path in named | attributes if path.is_file())


def _new_events(clone: Clone, file: Path) -> tuple[list[Any], dict[str, Any]]:
    """The events of a file that HEAD does not have, and all its data; CannotGoOn if anything else has changed."""
    path = clone.path(file)
    data = yamltext.read(file.read_bytes(), path).data
    if clone.run("cat-file", "-e", f"HEAD:{path}").returncode:
        return data["events"], data
    old = yamltext.read(clone.blob(f"HEAD:{path}"), path).data
    count = len(old["events"])
    if {**old, "events": []} != {**data, "events": []} or data["events"][:count] != old["events"]:
        text = N_("{path} has changes that are no new entries. Commit or undo them first: git diff {path}")
        raise CannotGoOn(Text(text, path=path))
    return data["events"][count:], data
