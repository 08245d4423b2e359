"""Personal data that may stand in texts all the same: the company's own mailbox, a published hotline."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from caseledger.leaks.plain import plainly
from caseledger.leaks.texts import bare


class Allowed(NamedTuple):
    """Values, and below which path from the root each may stand ("" for everywhere)."""

    places: Mapping[str, tuple[str, ...]]

    def holds(self, value: str, path: str) -> bool:
        """Whether a value may stand in a file."""
        return any(
            path == place or path.startswith(f"{place}/".lstrip("/")) for place in self.places.get(_same(value), ())
        )


NOTHING = Allowed({})


def load(data: Mapping[str, Any]) -> Allowed:
    """What a file of the schema `allowed` holds."""
    places: dict[str, tuple[str, ...]] = {}
    for entry in data["allowed"]:
        value = _same(entry["value"])
        places[value] = (*places.get(value, ()), entry.get("where", "").strip("/"))
    return Allowed(places)


def _same(value: str) -> str:
    """A value without the spaces, hyphens and brackets that are a matter of taste."""
    return bare(value) or plainly(value).casefold()
