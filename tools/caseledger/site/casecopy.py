"""What search indexes of a case: the words and numbers of its file, and its labels in every language of the site.

Chinese, Japanese and Korean are written without spaces. Where an indexer and a browser cut them into words, they cut
them differently, and what is there is not found. So a copy holds every pair of neighbouring characters as a word of
its own; the search box (site/assets/search/text.js) cuts what is typed in the same way, and joins again what it finds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import escape

from caseledger import lifecycle, model
from caseledger.people import People
from caseledger.rulebook import Rulebook
from caseledger.site.rows import Row
from caseledger.site.words import Words

LABELLED = {
    "channel": "channel", "via": "channel", "demand": "demand", "nature": "nature", "kind": "disposition",
    "outcome": "outcome", "party": "party", "result": "result",
}  # fmt: skip
"""Values that pages show as labels, and the kind of label."""

UNSEARCHED = frozenset(
    {
        "schema", "id", "policy", "language", "summary", "events", "at", "recorded", "type", "by", "as", "to", "grade",
        "category", "clock", "sha256", "size", "uri", "media_type", "placed", "currency", "value", "event", "method",
        "despite", "lead", "team", "consumer_told", "approved_by", "expected",
    }
)  # fmt: skip
"""Keys of values that are searched in another way, or not at all."""

_RUN = re.compile("[々〆\u3040-\u30ff\u31f0-\u31ff㐀-䶿一-鿿가-힣豈-\ufaff\U00020000-\U0003ffff]+")
_NUMBER = re.compile(r"(?<![0-9A-Za-z./_-])[0-9A-Za-z]+(?:-[0-9A-Za-z]+)+(?![./_-]*[0-9A-Za-z])", re.ASCII)
_TAIL = re.compile(r"(?=[A-Za-z]*[0-9])[0-9A-Za-z]{5,}", re.ASCII)


@dataclass(frozen=True)
class Copier:
    """Makes copies of the cases of a repository for the languages of its site."""

    rulebook: Rulebook
    people: People
    languages: Sequence[Words]

    def copy(self, data: Mapping[str, Any], row: Row, as_of: datetime) -> str:
        """A case as it is indexed as of a moment."""
        events = [event.data for event in lifecycle.fold(model.case(data), as_of).events]
        words = dict.fromkeys([*self.texts(data), *(text for event in events for text in self.texts(event))])
        words |= dict.fromkeys(self.labels(row, events))
        kinds = {"kind": "archive" if row.ended else "case", "state": row.state}
        facets = kinds | {"grade": row.grade, "category": row.category}
        marks = "".join(f'<i data-pagefind-filter="{n}[data-v]" data-v="{escape(v)}"></i>' for n, v in facets.items())
        return (
            f'<html><body data-pagefind-body><b data-pagefind-meta="case" data-pagefind-weight="10">{split(row.id)}</b>'
            f'<h1 data-pagefind-weight="5">{split(str(escape(row.summary)))}</h1>{marks}'
            f'<i data-pagefind-meta="state:{row.state}"></i><i data-pagefind-meta="day:{row.received.date()}"></i>'
            f"{''.join(f'<p>{split(str(escape(text)))}</p>' for text in words)}</body></html>"
        )

    def texts(self, value: Any, key: str = "") -> Iterator[str]:
        """The words of a value of a file, labels in every language."""
        if key in LABELLED and isinstance(value, str):
            yield from (words.label(LABELLED[key], value) for words in self.languages)
        elif isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            for name, inner in value.items():
                if name not in UNSEARCHED:
                    yield from self.texts(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from self.texts(inner, key)

    def labels(self, row: Row, events: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """What else a case is found by: its policy's words for it, those who dealt with it, files of evidence."""
        policy = self.rulebook.policy(row.policy)
        for words in self.languages:
            yield words.label("state", row.state)
            if policy:
                yield words.title(policy.categories, row.category)
                yield words.title(policy.grades, row.grade)
        for event in events:
            person = self.people.get(str(event.get("by")))
            if person:
                yield person.name


def split(text: str) -> str:
    """A text as it is indexed: "拉链坏" is "拉链 链坏 坏", and after a number stand what one may know of it alone."""
    return _RUN.sub(_pairs, _NUMBER.sub(_parts, text))


def _parts(number: re.Match[str]) -> str:
    """Its last part where that is long, and the families it belongs to: "TN-2F-GN" of "TN-2F-GN-16"."""
    parts = number[0].split("-")
    families = ["-".join(parts[:i]) for i in range(2, len(parts))] if parts[0].isupper() else []
    return " ".join([number[0], *families, *(part for part in parts[-1:] if _TAIL.fullmatch(part))])


def _pairs(run: re.Match[str]) -> str:
    signs = run[0]
    return f" {' '.join(signs[i : i + 2] for i in range(len(signs)))} "
