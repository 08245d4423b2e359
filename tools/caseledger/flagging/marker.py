"""What an issue says of itself to the next run: a hidden comment, and the end of the text that belongs to it.

Everything outside the two comments is people's, and stays to the letter.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from caseledger import instant
from caseledger.flagging.flag import Flag

_SUBJECT = r"[A-Za-z0-9][A-Za-z0-9._/-]{0,299}"
_BEGIN = re.compile(
    rf"<!-- caseledger flag (?P<subject>{_SUBJECT})\r?\n"
    r"at (?P<at>[0-9TZ:+-]{1,40})\r?\n"
    rf"for(?P<departments>(?: {_SUBJECT})*)\r?\n"
    rf"(?P<keys>(?:{_SUBJECT}\r?\n)*)-->",
    re.ASCII,
)
_END = "<!-- end of caseledger flag -->"


@dataclass(frozen=True)
class Marker:
    """Whom an issue is about, as of when, for whom, and which findings it has said."""

    subject: str
    at: datetime
    departments: tuple[str, ...]
    keys: tuple[str, ...]


def read(body: str) -> Marker | None:
    """The first marker of a text; None where there is none that can be read."""
    found = _BEGIN.search(body)
    if not found:
        return None
    try:
        at = instant.parse(found["at"])
    except ValueError:
        return None
    return Marker(found["subject"], at, tuple(found["departments"].split()), tuple(found["keys"].split()))


def block(flag: Flag, at: datetime) -> str:
    """Marker, text and end, as of a moment."""
    head = [f"<!-- caseledger flag {flag.subject}", f"at {instant.show(at.astimezone(UTC))}"]
    head += [" ".join(["for", *flag.departments]), *flag.keys, "-->"]
    return "\n".join([*head, "", flag.said, "", _END])


def replaced(body: str, new: str) -> str:
    """The text with `new` in the place of its marked part; without the end, only the marker itself is replaced."""
    begin = _BEGIN.search(body)
    if begin is None:
        return new
    end = body.find(_END, begin.end())
    return body[: begin.start()] + new + body[begin.end() if end < 0 else end + len(_END) :]


def same(body: str, flag: Flag) -> bool:
    """Whether the marked part of a text says all that the flag says; as of when does not matter, nor how lines end."""
    found = read(body)
    return found is not None and replaced(body, block(flag, found.at)).splitlines() == body.splitlines()
