"""Numbers that belong to people: cards, accounts, identity numbers, telephones; each is told by its own check."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache
from importlib import import_module

from caseledger.leaks import words
from caseledger.leaks.leak import Kind, Leak
from caseledger.leaks.texts import bare

_START, _END = r"(?<![0-9A-Za-z_])(?<!\d[.,])", r"(?![0-9A-Za-z_]|[.,-]\d|-[A-Za-z])"
"""No sign of a longer number or name stands before or behind."""
RUN = re.compile(rf"{_START}\(?\+?\(?\d(?:[ \u00a0().\-–/]{{0,3}}\d){{7,24}}{_END}")
"""Digits as people write a number: in one piece, or in groups."""
_IBAN = re.compile(rf"[A-Za-z]{{2}}(?<![0-9A-Za-z_]..)(?<!\d[.,]..) ?\d{{2}}(?: ?[A-Za-z0-9]){{11,30}}{_END}")
_CARD = re.compile(r"\d{14,19}|\d{4}([ -])(?:\d{4}\1){2}\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5}")
_BRANDS = re.compile(
    r"4\d{15}(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|62\d{14,17}|"
    r"6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}"
)
"""First digits and lengths of the large networks of cards."""

IDENTITIES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "AR": (("ar.cuit", r"\d{2}-\d{8}-\d"),),
    "AT": (("at.vnr", r"\d{4} \d{6}"),),
    "BE": (("be.nn", r"\d{2}\.?\d{2}\.?\d{2}-?\d{3}[-.]?\d{2}"),),
    "BR": (("br.cpf", r"\d{3}\.\d{3}\.\d{3}-\d{2}|\d{11}"),),
    "CH": (("ch.ssn", r"756\.?\d{4}\.?\d{4}\.?\d{2}"),),
    "CL": (("cl.rut", r"\d{1,2}\.\d{3}\.\d{3}-[\dKk]"),),
    "CZ": (("cz.rc", r"\d{6}/\d{3,4}"),),
    "DE": (("de.idnr", r"\d{2} ?\d{3} ?\d{3} ?\d{3}"),),
    "DK": (("dk.cpr", r"\d{6}-\d{4}"),),
    "ES": (("es.dni", r"\d{8}[- ]?[A-Z]"), ("es.nie", r"[XYZ]-?\d{7}-?[A-Z]")),
    "FI": (("fi.hetu", r"\d{6}[-+A]\d{3}[0-9A-Y]"),),
    "FR": (("fr.nir", r"[12] ?\d{2} ?\d{2} ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}"),),
    "GR": (("gr.amka", r"\d{11}"),),
    "IE": (("ie.pps", r"\d{7}[A-W][ABTW-Z]?"),),
    "IL": (("il.idnr", r"\d{9}"),),
    "IN": (("in_.aadhaar", r"\d{4} \d{4} \d{4}|\d{12}"), ("in_.pan", r"[A-Z]{5}\d{4}[A-Z]")),
    "IT": (("it.codicefiscale", r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]"),),
    "JP": (("jp.in_", r"\d{4}[ -]\d{4}[ -]\d{4}|\d{12}"),),
    "KR": (("kr.rrn", r"\d{6}-\d{7}"),),
    "MX": (("mx.curp", r"[A-Z]{4}\d{6}[HM][A-Z]{5}[0-9A-Z]\d"),),
    "MY": (("my.nric", r"\d{6}-\d{2}-\d{4}"),),
    "NL": (("nl.bsn", r"\d{9}|\d{4}\.\d{2}\.\d{3}"),),
    "NO": (("no.fodselsnummer", r"\d{6} ?\d{5}"),),
    "PL": (("pl.pesel", r"\d{11}"),),
    "PT": (("pt.nif", r"\d{3} ?\d{3} ?\d{3}"),),
    "RO": (("ro.cnp", r"\d{13}"),),
    "RU": (("ru.inn", r"\d{12}"),),
    "SE": (("se.personnummer", r"(?:\d{2})?\d{6}[-+]\d{4}"),),
    "TH": (("th.pin", r"\d-\d{4}-\d{5}-\d{2}-\d|\d{13}"),),
    "TR": (("tr.tckimlik", r"\d{11}"),),
    "US": (("us.ssn", r"\d{3}-\d{2}-\d{4}"),),
    "ZA": (("za.idnr", r"\d{13}"),),
}
"""The identity numbers of a market: the module of python-stdnum that checks one, and how it is written."""
CHINA = (("cn.ric", r"\d{17}[\dXx]"),)
"""Looked for in every market: it is told by its birth date, its place and its check digit."""
WEAK = frozenset({"nl.bsn", "pt.nif", "il.idnr", "gr.amka"})
"""Numbers whose check one of ten others passes: only where a word says what they are."""

_CHINA_MOBILE = re.compile(r"1[3-9]\d{9}")
_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"(?:19|20)\d\d([-./ ]){_MONTH}\1{_DAY}(?!\d{{3}})|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"(?!\d{{3}})|{_DAY}([-./]){_MONTH}\2(?:19|20)\d\d|(?:19|20)\d\d[-–/](?:19|20)\d\d|"
    rf"[1-9]\d{{2,4}}(?:[.-]\d{{1,2}})?-(?:19|20)\d\d$|.*(?<!\d)(?:19|20)\d\d([-/.]){_MONTH}\3{_DAY}(?!\d)"
)
"""Days, years from to, and standards with their year; a day also behind another number, as that of an hour."""


Found = tuple[Leak, tuple[int, int]]
"""What was found, and from where to where it stands."""


def numbers(text: str, market: str, known: Set[str]) -> Iterator[Leak]:
    """The numbers of people in a text; `known` are numbers of things, bare."""
    taken: list[tuple[int, int]] = []
    runs = list(RUN.finditer(text))
    for leak, span in (*_accounts(text), *_identities(text, runs, market), *_others(text, runs, market)):
        free = all(span[1] <= begin or end <= span[0] for begin, end in taken)
        if free and not _is_known(leak.value, known):
            taken.append(span)
            yield leak


def _is_known(value: str, known: Set[str]) -> bool:
    plain = bare(value)
    return any(plain in one or one in plain for one in known if len(one) >= 6) or plain in known


def _accounts(text: str) -> Iterator[Found]:
    for found in _IBAN.finditer(text):
        value = found[0]
        while value and not _valid("iban", value):
            value = value.rpartition(" ")[0]
        if value:
            yield Leak(Kind.IBAN, value), (found.start(), found.start() + len(value))


def _identities(text: str, runs: Sequence["re.Match[str]"], market: str) -> Iterator[Found]:
    own = IDENTITIES.get(market, ())
    for module, shape in (*CHINA, *own):
        for found in _shape(shape).finditer(text):
            if module in WEAK and not words.said(words.IDENTITY, text, found.start()):
                continue
            if _valid(module, found[0]) and not words.said(words.THING, text, found.start()):
                yield Leak(Kind.IDENTITY, found[0]), found.span()
    for found in runs if own else ():
        if words.said(words.IDENTITY, text, found.start()) and any(
            _valid(module, one) for module, _ in own for one in (found[0], bare(found[0]))
        ):
            yield Leak(Kind.IDENTITY, found[0]), found.span()


def _others(text: str, runs: Sequence["re.Match[str]"], market: str) -> Iterator[Found]:
    for found in runs:
        value, at = found[0], found.start()
        card = _is_card(value)
        if not card and _DATE.match(value):
            continue
        thing, called = words.said(words.THING, text, at), words.said(words.PHONE, text, at)
        named = bool(thing) and not 0 < called < thing
        if card and not (value.isdigit() and named):  # in one piece it may be the number of a thing
            yield Leak(Kind.CARD, value), found.span()
        elif ("+" in value or not named) and _is_phone(value, text[at - 1 : at], market, called=bool(called)):
            yield Leak(Kind.PHONE, value), found.span()


def _is_card(value: str) -> bool:
    """Whether digits may be the number of a payment card."""
    return bool(_CARD.fullmatch(value) and _BRANDS.fullmatch(bare(value)) and _valid("luhn", bare(value)))


def _is_phone(value: str, before: str, market: str, *, called: bool) -> bool:
    """Whether digits are somebody's telephone number: by their form, or by the sign or the word before them."""
    if "+" in value or value.startswith("00"):
        return _reaches(value if "+" in value else f"+{value[2:]}", market, surely=True)
    plain = bare(value)
    if _CHINA_MOBILE.fullmatch(plain) and (market == "CN" or called or before in ("", "\n") or before > "\u2e7f"):
        return _reaches(value, "CN")
    groups = len(re.findall(r"\d+", value))
    if called or (groups > 3 and value[0] == "0"):
        return _reaches(value, market, surely=True)
    if groups > 1:
        return (value[0] in "(0" or market in _WITHOUT_ZERO or (market == "RU" and plain[0] == "8")) and _reaches(
            value, market
        )
    return value[0] == "0" and _reaches(value, market, mobile=True)


_WITHOUT_ZERO = frozenset(["US", "CA", "ES", "PT", "NO", "DK", "PL", "GR", "CZ", "MX", "CL", "SG", "HK", "IN", "IT"])
"""Markets whose national numbers need not begin with 0."""


def _reaches(value: str, market: str, *, surely: bool = False, mobile: bool = False) -> bool:
    """Whether there may be a telephone with that number, or a `mobile` one.

    A number that is `surely` meant as one may be out of the plan: numbers for films and books are.
    """
    import phonenumbers  # noqa: PLC0415 - slow to load, and seldom needed

    try:
        number = phonenumbers.parse(value, market)
    except phonenumbers.NumberParseException:
        return False
    if surely:
        return phonenumbers.is_possible_number(number)
    if mobile:
        return phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    return phonenumbers.is_valid_number(number)


@cache
def _shape(shape: str) -> "re.Pattern[str]":
    return re.compile(rf"{_START}(?:{shape}){_END}", re.IGNORECASE)


@cache
def _check(module: str) -> Callable[[str], bool]:
    found: Callable[[str], bool] = import_module(f"stdnum.{module}").is_valid
    return found


def _valid(module: str, value: str) -> bool:
    """Whether a number has the check digits of its kind."""
    return _check(module)(value)
