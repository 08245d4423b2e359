"""Looks for personal data in one text. A cheap look comes first, so that an ordinary text costs next to nothing."""

import re
import unicodedata
from collections.abc import Iterator, Set

from caseledger.leaks.leak import Kind, Leak

_DATED = (
    r"(?<!\d)(?:(?:19|20)\d\d[-/.]?(?:0[1-9]|1[0-2])[-/.]?(?:0[1-9]|[12]\d|3[01])|"
    r"[1-9]\d{2,4}(?:[.-]\d{1,2})?-(?:19|20)\d\d)(?!\d)"
)
"""Days, and standards with their year."""
_DIGIT = re.compile(r"\d")
_WIDE = re.compile("[０-９＠-Ｚａ-ｚ]")
_FAR = re.compile("[\u0600-\u1fff]")
_SPELLINGS = ("(at", "[at", "<at", "{at", "(ät", "[ät", "arroba", "собака")
_DIGITS = re.compile(r"\d(?:[ \u00a0().\-–/]{0,3}\d){6}(?:[A-W]|[ \u00a0().\-–/]{0,3}\d)")
_LETTERS = r"[A-Z]{4}\d{6}[HM]|[A-Z]{6}\d\d[A-Z]|[A-Z]{5}\d{4}[A-Z]"
_WITH_LETTERS = frozenset({"IN", "IT", "MX"})
"""One of these is in every piece of personal data that is looked for here."""


def suspicious(plain: str, market: str) -> bool:
    """Whether plain text is worth a closer look: a cheap answer, seldom yes."""
    if _DIGITS.search(plain) and _DIGITS.search(re.sub(_DATED, "", plain)):
        return True
    return (
        "@" in plain
        or " AT " in plain
        or _spelled(plain)
        or (market in _WITH_LETTERS and re.search(_LETTERS, plain) is not None)
        or ("://" in plain and _lets_in(plain))
    )


def leaks(text: str, market: str, known: Set[str] = frozenset()) -> Iterator[Leak]:
    """The personal data in a text about a case of a market, once each; `known` are numbers of things, bare."""
    plain = plainly(text)
    if suspicious(plain, market):
        from caseledger.leaks import digits, online  # noqa: PLC0415 - most texts need none of it

        linked = "://" in plain
        mails = online.mails(plain, spelled=_spelled(plain))
        numbers = digits.numbers(online.without_links(plain) if linked else plain, market, known)
        yield from dict.fromkeys((*mails, *(online.links(plain) if linked else ()), *numbers))


def addresses(text: str) -> Iterator[Leak]:
    """The street addresses in a text, where they can be told, once each."""
    plain = plainly(text)
    if _DIGIT.search(plain):
        from caseledger.leaks import streets  # noqa: PLC0415 - many texts have no digit

        for pattern in streets.likely(plain):
            yield from dict.fromkeys(Leak(Kind.ADDRESS, found[0].strip()) for found in pattern.finditer(plain))


def _lets_in(plain: str) -> bool:
    from caseledger.leaks import online  # noqa: PLC0415 - most texts have no link

    return online.may_let_in(plain)


def _spelled(plain: str) -> bool:
    """Whether the @ of an address may be written out."""
    return any(map(plain.lower().__contains__, _SPELLINGS))


def plainly(text: str) -> str:
    """A text with wide signs and the digits of all scripts as they are typed in ASCII."""
    if text.isascii():
        return text
    if _WIDE.search(text):
        text = unicodedata.normalize("NFKC", text)
    if _FAR.search(text):
        text = re.sub(r"(?![0-9])\d", lambda sign: str(unicodedata.decimal(sign[0])), text)
    return text
