"""Looks for personal data in one text. A cheap look comes first, so that an ordinary text costs next to nothing."""

import re
import unicodedata
from collections.abc import Iterator, Set

from caseledger.leaks.addresses import likely
from caseledger.leaks.leak import Kind, Leak
from caseledger.leaks.words import OFFICES

_DATED = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-/.]?(?:0[1-9]|1[0-2])[-/.]?(?:0[1-9]|[12]\d|3[01])|[1-9]\d{2,4}(?:[.-]\d{1,2})?-(?:19|20)\d\d)(?!\d)"
)
"""Days, and standards with their year."""
_DIGIT = re.compile(r"\d")
_WIDE = re.compile("[０-９＠-Ｚａ-ｚ]")
_FAR = re.compile("[\u0600-\u1fff]")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_SPELLINGS = ("(at", "[at", "<at", "{at", "(ät", "[ät", "arroba", "собака")
_DIGITS = re.compile(r"\d(?:[ \u00a0().\-–/]{0,3}\d){6}(?:[A-W]|[ \u00a0().\-–/]{0,3}\d)")
_LETTERS = re.compile(r"[A-Z]{4}\d{6}[HM]|[A-Z]{6}\d\d[A-Z]|[A-Z]{5}\d{4}[A-Z]")
_WITH_LETTERS = frozenset({"IN", "IT", "MX"})
"""One of these is in every piece of personal data that is looked for here."""
_EMAIL = re.compile(r"(?<![\w.%+/-])[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w@-])")
_SPELLED = re.compile(
    r"(?<![\w.-])[\w.%+-]{2,64} ?[\[({<](?:at|ät|arroba|chez|собака)[\])}>] ?"
    r"[\w-]{2,63}(?:(?: ?[\[({<](?:dot|punkt|punto|point|точка)[\])}>] ?|\.)[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?<![\w.-])[a-z][\w.+-]{1,63} AT [\w-]{2,63}(?: DOT |\.)[a-z]{2,24}\b")
_LINK = re.compile(
    r"://[^/\s:@]+:[^/\s@]+@|[?&;#](?:access_?token|token|id_token|auth|sig|signature|apikey|api_key|key|pwd|password|"
    r"secret|session|sessionid|sid|jwt|x-amz-signature|x-amz-security-token)=[^&\s#]{8,}",
    re.IGNORECASE,
)
_URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://\S+", re.IGNORECASE)


def suspicious(plain: str, market: str) -> bool:
    """Whether plain text is worth a closer look: a cheap answer, seldom yes."""
    if _DIGITS.search(plain) and _DIGITS.search(_DATED.sub("", plain)):
        return True
    lower = plain.lower()
    linked = "://" in plain and any(_LINK.search(word) for word in plain.split() if "://" in word)
    return (
        linked
        or " AT " in plain
        or "@" in plain
        or any(map(lower.__contains__, _SPELLINGS))
        or _lettered(plain, market)
    )


def _lettered(plain: str, market: str) -> bool:
    return market in _WITH_LETTERS and _LETTERS.search(plain) is not None


def leaks(text: str, market: str, known: Set[str] = frozenset()) -> Iterator[Leak]:
    """The personal data in a text about a case of a market, once each; `known` are numbers of things, bare."""
    plain = plainly(text)
    if suspicious(plain, market):
        from caseledger.leaks import digits  # noqa: PLC0415 - most texts need none of it

        linked = "://" in plain
        mails = _mails(_URL.sub(_open, plain) if linked else plain)
        numbers = digits.numbers(_URL.sub(" ", plain) if linked else plain, market, known)
        yield from dict.fromkeys((*mails, *(_links(plain) if linked else ()), *numbers))


def addresses(text: str) -> Iterator[Leak]:
    """The street addresses in a text, where they can be told, once each."""
    plain = plainly(text)
    for pattern in likely(plain) if _DIGIT.search(plain) else ():
        yield from dict.fromkeys(Leak(Kind.ADDRESS, found[0].strip()) for found in pattern.finditer(plain))


def plainly(text: str) -> str:
    """A text with wide signs and the digits of all scripts as they are typed in ASCII."""
    if text.isascii():
        return text
    if _WIDE.search(text):
        text = unicodedata.normalize("NFKC", text)
    if _FAR.search(text):
        text = _OTHER_DIGIT.sub(lambda sign: str(unicodedata.decimal(sign[0])), text)
    return text


def _mails(text: str) -> Iterator[Leak]:
    if "@" in text:
        for found in _EMAIL.finditer(text):
            name = found[0].partition("@")[0].casefold()
            if name not in OFFICES and any(map(str.isalnum, name)):
                yield Leak(Kind.EMAIL, found[0])
    lower = text.lower()
    spelled = _SPELLED.finditer(text) if any(map(lower.__contains__, _SPELLINGS)) else ()
    for found in (*spelled, *(_CAPITALS.finditer(text) if " AT " in text else ())):
        yield Leak(Kind.EMAIL, found[0])


def _open(url: re.Match[str]) -> str:
    """An address on the web without the name and password before its host."""
    return re.sub("://[^/@]*@", "://", url[0])


def _links(text: str) -> Iterator[Leak]:
    for found in _URL.finditer(text):
        if _LINK.search(found[0]):
            yield Leak(Kind.LINK, found[0])
