"""The next version of a policy: a copy of the one before it, with its own first day and not yet approved."""

from datetime import date, datetime
from pathlib import Path

import yaml

from caseledger import files, yamltext
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook
from caseledger.yamltext import Document
from caseledger.yamltext.reading import BOM


def draft(rulebook: Rulebook, profile: str, first: date, now: datetime) -> list[Path]:
    """Write the version of a profile that comes into force on `first`, and return its files, policy.yml last.

    CannotGoOn if that day has come, if there is such a version, or none before it to start from.
    """
    name = f"{profile}@{first}"
    if name in rulebook.policy_names:
        raise CannotGoOn(Text(N_("There is a {policy} already."), policy=name))
    before = rulebook.in_force(profile, first.isoformat())
    document = rulebook.policy_file(before) if before else None
    if before is None or document is None:
        message = N_("There is no version of {profile} to start from; there are: {policies}.")
        raise CannotGoOn(Text(message, profile=profile, policies=", ".join(rulebook.policy_names)))
    today = rulebook.calendar(document.data["calendar"]).day_of(now)
    if first <= today:
        message = N_("A version is written before it comes into force: choose a first day after {today}.")
        raise CannotGoOn(Text(message, today=today))
    source = rulebook.root / "policy" / Path(*before.split("@"))
    target = rulebook.root / "policy" / profile / first.isoformat()
    copied = [file for file in sorted(source.iterdir()) if file.is_file() and file.name != "policy.yml"]
    written = {file.name: file.read_bytes() for file in copied}
    written["policy.yml"] = renewed(document, first)  # last: without it the folder is no version
    for file, raw in written.items():
        try:
            files.create(target / file, raw)
        except FileExistsError:
            message = N_("{path} is there already; move it away.")
            raise CannotGoOn(Text(message, path=files.shown(target / file, rulebook.root))) from None
    return [target / file for file in written]


def renewed(document: Document, first: date) -> bytes:
    """The text of a policy with another first day and without its approval; all else is kept to the byte."""
    root = document.tree
    if not isinstance(root, yaml.MappingNode):  # not of a file that the schema lets pass
        raise TypeError(document.path)
    text = document.text
    for key, value in reversed(root.value):
        if key.value == "version":
            text = f'{text[: value.start_mark.index]}"{first}"{text[value.end_mark.index :]}'
        elif key.value == "approved":
            text = text[: _line_start(text, key.start_mark.index)] + text[_line_end(text, _end(value)) :]
    raw = ((BOM if document.raw.startswith(BOM.encode()) else "") + text).encode()
    wanted = {name: value for name, value in document.data.items() if name != "approved"} | {"version": str(first)}
    if yamltext.read(raw, document.path).data != wanted:
        message = N_("{path} is laid out in a way that cannot be copied safely; write each key on a line of its own.")
        raise CannotGoOn(Text(message, path=document.path))
    return raw


def _end(node: yaml.Node) -> int:
    """Where the last character of a value is; the parser lets a block end where the next thing begins."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1])
    return node.end_mark.index


def _line_start(text: str, index: int) -> int:
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1
