"""Strict YAML: bytes to data. Plain scalars are read as in JSON; what could surprise is refused."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

import yaml

from caseledger.errors import Refused
from caseledger.language import N_, Text
from caseledger.problem import START, Place, Problem, Rule
from caseledger.yamltext import rules
from caseledger.yamltext.document import Document, Lines, parsable, restored

LARGEST = 1024 * 1024
DEEPEST = 32
MOST = 100
"""Problems named of one file; a file of nothing else cannot fill the memory."""

BOM = "\ufeff"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

_WORDS = {"null": None, "true": True, "false": False}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_LONGEST_INTEGER = 18
_TABBED = re.compile(r"^ *(\t)[ \t]*[^\s#]", re.MULTILINE)
_TAB_FIRST = re.compile(r" *(\t)")


def read(raw: bytes, path: str, largest: int = LARGEST) -> Document:
    """Read the bytes of one file, at most `largest`; Refused names every reason found."""
    text = _decode(raw, path, largest)
    reading = _Reading(text, path)
    try:
        data = reading.run()
    except yaml.YAMLError as error:
        reading.refuse_syntax(error)
    else:
        reading.refuse_tabs()
        if not reading.problems:
            return Document(path, raw, text, data)
    raise _refused(path, reading.problems)


def is_plain_string(text: str) -> bool:
    """Whether a plain scalar of this text is read as a string, not as null, a boolean or a number."""
    return text not in _WORDS and not _NUMBER.fullmatch(text)


class _Reading:
    """One pass over the parser's events that builds the data and collects what is refused."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.problems: list[Problem] = []
        self.blocks: list[tuple[int, int]] = []
        fit = parsable(text)
        self.has_stand_ins = fit != text
        self.next: Callable[[], Any] = yaml.CSafeLoader(fit).get_event

    def run(self) -> Any:
        """The data of the first document; YAMLError where the text is not YAML."""
        data: Any = None
        documents = 0
        while type(event := self.next()) is not yaml.StreamEndEvent:
            kind = type(event)
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if event.tags:
                    self.refuse(rules.TAG, event, Text(N_("A %TAG directive is used.")))
                if documents == 2:
                    self.refuse(rules.DOCUMENTS, event, Text(N_("A second document begins here.")))
            elif kind in _NODES:
                value = self.value(event, 0)
                if documents == 1:
                    data = value
        return data

    def value(self, event: Any, depth: int) -> Any:
        """The value that begins with `event`; reads the events up to its end."""
        kind = type(event)
        if kind is yaml.AliasEvent:
            self.refuse(rules.ALIAS, event, Text(N_("The alias *{name} is used."), name=_brief(event.anchor)))
            return None
        if event.anchor is not None:
            self.refuse(rules.ANCHOR, event, Text(N_("The anchor &{name} is set."), name=_brief(event.anchor)))
        if event.tag is not None:
            self.refuse(rules.TAG, event, Text(N_("The tag {tag} is used."), tag=_brief(event.tag)))
        if kind is yaml.ScalarEvent:
            return self.scalar(event)
        if depth == DEEPEST:
            self.refuse(rules.DEPTH, event, Text(N_("The value is nested more than 32 deep.")))
            raise _refused(self.path, self.problems)
        if kind is yaml.SequenceStartEvent:
            return self.sequence(depth + 1)
        return self.mapping(depth + 1)

    def sequence(self, depth: int) -> list[Any]:
        items = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self.value(event, depth))
        return items

    def mapping(self, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            key = self.key(event, depth)
            value = self.value(self.next(), depth)
            if key in items:
                self.refuse(rules.DUPLICATE, event, Text(N_("The key {key} is given twice."), key=_brief(key)))
            items[key] = value
        return items

    def key(self, event: Any, depth: int) -> str:
        value = self.value(event, depth)
        if type(event) is yaml.ScalarEvent and not event.style and event.value == "<<":
            self.refuse(rules.MERGE, event, Text(N_("The merge key << is used.")))
        elif not isinstance(value, str) and type(event) is not yaml.AliasEvent:
            self.refuse(rules.KEY, event, Text(N_("This key is not a text.")))
        return value if isinstance(value, str) else repr(value)

    def scalar(self, event: Any) -> Any:
        text, style = event.value, event.style
        if self.has_stand_ins:
            text = restored(text)
        if not style:
            if text in _WORDS:
                return _WORDS[text]
            if text and text[0] in "-0123456789" and (match := _NUMBER.fullmatch(text)):
                return self.number(event, integer=match[1] is None and match[2] is None)
        elif style == '"':
            if match := FORBIDDEN.search(text):
                self.refuse(rules.CHARACTER, event, _invisible(match[0]))
        elif style != "'":
            self.blocks.append((event.start_mark.index, event.end_mark.index))
        return text

    def number(self, event: Any, *, integer: bool) -> int | float | None:
        digits = event.value
        value = int(digits) if integer and len(digits.lstrip("-")) <= _LONGEST_INTEGER else float(digits)
        if isinstance(value, float) and (integer or value in (float("inf"), float("-inf"))):
            self.refuse(rules.NUMBER, event, Text(N_("The number is too large to be kept exactly.")))
            return None
        return value

    def refuse(self, rule: Rule, event: Any, message: Text) -> None:
        """Keep the finding that an event of the parser gives."""
        self.add(rule, event.start_mark.index, message)

    def refuse_tabs(self) -> None:
        """Tabs that indent are refused; within a block scalar they are text."""
        begins = [begin for begin, _ in self.blocks]
        for match in _TABBED.finditer(self.text):
            block = bisect_right(begins, match.start()) - 1
            if block < 0 or match.start() >= self.blocks[block][1]:
                self.add(rules.TAB, match.start(1), Text(N_("The line is indented with a tab.")))

    def refuse_syntax(self, error: yaml.YAMLError) -> None:
        """Keep the parser's complaint, with a hint that fits it."""
        detail = str(getattr(error, "problem", None) or error)
        mark = getattr(error, "context_mark" if detail in rules.UNFINISHED else "problem_mark", None)
        index = mark.index if mark else 0
        place = self.lines.place(index)
        if match := _TAB_FIRST.match(self.text, self.lines.starts[place.line - 1]):
            self.add(rules.TAB, match.start(1), Text(N_("The line is indented with a tab.")))
            return
        hint = next((hint for part, hint in rules.SYNTAX_HINTS if part in detail), rules.SYNTAX.hint)
        self.add(rules.SYNTAX, index, Text(N_("This cannot be read as YAML: {detail}."), detail=detail), Text(hint))

    def add(self, rule: Rule, index: int, message: Text, hint: Text | None = None) -> None:
        """Keep a finding about the character at `index`."""
        if len(self.problems) < MOST:
            self.problems.append(rule.problem(self.path, self.lines.place(index), message, hint))

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text."""
        return Lines(self.text)


_NODES = {yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent, yaml.AliasEvent}


def _refused(path: str, problems: Sequence[Problem]) -> Refused:
    return Refused(Text(N_("{path} cannot be read."), path=path), problems)


def _decode(raw: bytes, path: str, largest: int) -> str:
    if len(raw) > largest:
        message = Text(N_("The file has {size} bytes; at most {largest} are read."), size=len(raw), largest=largest)
        raise _refused(path, [rules.SIZE.problem(path, START, message)])
    if b"\0" in raw:
        before = raw[: raw.index(b"\0")].decode("utf-8", "replace").removeprefix(BOM)
        message = Text(N_("Here is a zero byte: the file is not text, or is saved as UTF-16."))
        raise _refused(path, [rules.ENCODING.problem(path, _end(before), message)])
    try:
        text = raw.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").removeprefix(BOM)
        message = Text(N_("Byte {byte} does not belong here in UTF-8."), byte=f"{raw[error.start]:02X}")
        raise _refused(path, [rules.ENCODING.problem(path, _end(before), message)]) from None
    if found := list(islice(FORBIDDEN.finditer(text), MOST)):
        lines = Lines(text)
        raise _refused(
            path, [rules.CHARACTER.problem(path, lines.place(match.start()), _invisible(match[0])) for match in found]
        )
    return text


def _brief(name: str) -> str:
    """A name as it was written, on one line, cut where it is long."""
    written = " ".join(name.replace("tag:yaml.org,2002:", "!!").split())
    return written if len(written) <= 60 else written[:59] + "…"


def _invisible(character: str) -> Text:
    return Text(N_("The character U+{code} is not allowed."), code=f"{ord(character):04X}")


def _end(text: str) -> Place:
    return Lines(text).place(len(text))
