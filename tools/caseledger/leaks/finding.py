"""Looks for personal data in one text. A cheap look comes first, so that an ordinary text costs next to nothing.

What is looked for stands in one line. Each look says yes wherever the search behind it finds something.
"""

import re
from collections.abc import Iterator, Set

from caseledger.leaks.leak import Kind, Leak
from caseledger.leaks.plain import Plain, plainly

_HOST = re.compile(r"@[\w-]+\.")
_SPELLED = re.compile(r"[\[({<](?:at|ät|arroba|chez|собака)[\])}>]", re.IGNORECASE)
_NUMBER = r"(?:[ \u00a0().\-–/]{0,3}\d){6}(?:[ \u00a0().\-–/]{0,3}\d|-?[A-Za-z])"
_DIGITS = re.compile(rf"\d{_NUMBER}")
"""In every number that is looked for, but for identity numbers of some markets, which have letters in between."""
_LETTERS = re.compile(rf"\d(?:{_NUMBER}|\d[A-Za-z]\d\d[A-Za-z]\d|\d{{5}}[A-Za-z]{{3}}|\d{{3}}[A-Za-z]|\d{{5}}[Aa+]\d)")
_WITH_LETTERS = frozenset({"FI", "IN", "IT", "MX", "SE"})


def leaks(text: str, market: str, known: Set[str] = frozenset()) -> Iterator[Leak]:
    """The personal data in a text about a case of a market, once each; `known` are numbers of things, bare."""
    plain = plainly(text)
    yield from mails_and_links(plain)
    yield from numbers(plain, market, known)


def mails_and_links(plain: Plain) -> Iterator[Leak]:
    """The mailboxes of people in a text, and the links that let in whoever follows them, once each."""
    mailed = ("@" in plain and _HOST.search(plain)) or " AT " in plain or _SPELLED.search(plain)
    linked = "://" in plain and ("@" in plain or "=" in plain)
    if mailed or linked:
        from caseledger.leaks import online  # noqa: PLC0415 - most texts need none of it

        yield from dict.fromkeys((*(online.mails(plain) if mailed else ()), *(online.links(plain) if linked else ())))


def numbers(plain: Plain, market: str, known: Set[str] = frozenset()) -> Iterator[Leak]:
    """The numbers of people in a text, once each."""
    if lines := list(with_number(plain, market)):
        from caseledger.leaks import digits, online  # noqa: PLC0415 - most texts need none of it

        yield from dict.fromkeys(digits.numbers(online.without_links("\n".join(lines)), market, known))


def with_number(plain: str, market: str) -> Iterator[str]:
    """The lines of a text that may hold the number of somebody."""
    return filter((_LETTERS if market in _WITH_LETTERS else _DIGITS).search, plain.split("\n"))


def addresses(plain: Plain) -> Iterator[Leak]:
    """The street addresses in a text, where they can be told, once each."""
    if plain:
        from caseledger.leaks import streets  # noqa: PLC0415 - where no line has a digit, none of it is needed

        for pattern in streets.likely(plain):
            yield from dict.fromkeys(Leak(Kind.ADDRESS, found[0].strip()) for found in pattern.finditer(plain))
