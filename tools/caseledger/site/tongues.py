"""The words of all languages of a site at once: a page is made once, and put into each language when it is done.

In such a page a *mark* stands for what each language says in its own way; what all of them say alike stands there
itself. A mark is a number between two signs that no file may hold and that no template escapes.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain, count, zip_longest

from markupsafe import escape

from caseledger import labels
from caseledger.site.words import Words

SIGN = "\0"
_FIELD, _BRACE = re.compile(r"(\{\w+\})"), re.compile("[{}]")


class Tongues(Words):
    """The words of several languages: where Words has a text, this has a mark for it."""

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__("mul")  # multiple languages, as ISO 639 has it
        self.languages = tuple(languages)
        self.each = [Words(language) for language in languages]
        self._numbers = map(str, count())
        self._patterns: dict[str, str | None] = {}
        self._marks: dict[tuple[str, ...], str] = {}
        self._said: dict[str, tuple[str, ...]] = {}
        self._shown: list[dict[str, str]] = [{} for _ in languages]

    def t(self, msgid: str, **values: object) -> str:
        """A text of the catalogue with its values put in, which may hold marks themselves."""
        if msgid not in self._patterns:
            self._patterns[msgid] = self._pattern(msgid)
        pattern = self._patterns[msgid]
        if pattern is not None:
            return pattern.format(**values)
        inner = [{name: self._in(place, value) for name, value in values.items()} for place in range(len(self.each))]
        return self._lasting(tuple([words.t(msgid, **own) for words, own in zip(self.each, inner, strict=True)]))

    def of(self, title: Mapping[str, str]) -> str:
        """What a policy calls something."""
        return self._lasting(tuple(map(title.__getitem__, self.languages)))

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Every label, by kind and value."""
        return {kind: {value: self.t(msgid) for value, msgid in known.items()} for kind, known in labels.LABELS.items()}

    def lasting(self, make: Callable[[Words], str]) -> str:
        """What `make` says in each language, for any number of pages."""
        return self._lasting(tuple([make(words) for words in self.each]))

    def done(self, page: str) -> list[str]:
        """The page in each language."""
        pieces = page.split(SIGN)
        numbers, pages = pieces[1::2], []
        for shown in self._shown:
            pieces[1::2] = map(shown.__getitem__, numbers)
            pages.append("".join(pieces))
        return pages

    def _pattern(self, msgid: str) -> str | None:
        """A text with marks for what stands between its values; None where they are in another order, or not plain."""
        parts = [_FIELD.split(words.text(msgid)) for words in self.each]
        fields = parts[0][1::2]
        if any(own[1::2] != fields or _BRACE.search("".join(own[::2])) for own in parts):
            return None
        between = map(self._lasting, zip(*(own[::2] for own in parts), strict=True))
        return "".join(chain.from_iterable(zip_longest(between, fields, fillvalue="")))

    def _lasting(self, said: tuple[str, ...]) -> str:
        if said not in self._marks:
            self._marks[said] = self._mark(said)
        return self._marks[said]

    def _mark(self, said: tuple[str, ...]) -> str:
        if all(text == said[0] for text in said):
            return said[0]
        number = next(self._numbers)
        self._said[number] = said
        for shown, text in zip(self._shown, said, strict=True):
            shown[number] = escape(text)
        return f"{SIGN}{number}{SIGN}"

    def _in(self, place: int, value: object) -> object:
        """A value, its marks put into one language."""
        if not isinstance(value, str) or SIGN not in value:
            return value
        pieces = value.split(SIGN)
        pieces[1::2] = (self._said[number][place] for number in pieces[1::2])
        return "".join(pieces)


@cache
def tongues(languages: tuple[str, ...]) -> Tongues:
    """The words of these languages, once for each process."""
    return Tongues(languages)
