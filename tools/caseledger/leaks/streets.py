"""How street and number are written in the languages of consumers."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_WORD = r"[^\W\d_][\w'’.-]*"
_ENDED = r"(?:(?<=[./])|(?![^\W\d_]))"
_NUMBER = r"\d{1,5}(?!\d)(?: ?[-/–] ?\d{1,4})?(?: ?[a-zA-Z]\b)?"

_ONE_WORD = (
    "straße|strasse|str\\.|weg|platz|allee|gasse|damm|ufer|straat|laan|plein|gracht|kade|dijk|gata|gaten|gatan|veien|vegen|"
    "vägen|vej|gade|allé|katu|kuja|polku|[iae]ntie"
)
_OWN_WORD = r"Straße|Strasse|Str\.|Allee|Straat|Laan|gate|gata|plass"
_ENGLISH = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd|Court|Close|Crescent|Terrace|Highway|Parkway|Grove"
)
_BOX = r"P\.? ?O\.? Box|Postfach|Apartado|Postboks|Postbus|Boîte postale"
_FRENCH = r"rue|avenue|av\.|boulevard|bd|chemin|allée|impasse|quai|place"
_ROMANCE = r"calle|c/|avenida|avda\.|av\.|plaza|paseo|carrera|rua|travessa|praça|alameda|r\.|via|viale|piazza|corso"
_OF = "de|del|da|do|das|dos|della|dei|la|las|los"
_RUSSIAN = r"ул\.|улица|улице|проспект|пр-т|пр\.|пер\.|переулок|наб\.|шоссе|бульвар"
_TURKISH = r"Sokak|Sok\.|Sokağı|Caddesi|Cad\.|Bulvarı"


class Family(NamedTuple):
    """A way of writing addresses, and what stands in each: one of some words, or a word that ends so before a number.

    `signs` is in the lower case of each.
    """

    words: frozenset[str]
    ends: tuple[str, ...]
    signs: str
    pattern: str

    @property
    def address(self) -> "re.Pattern[str]":
        """An address itself; compiled where one is likely, since that takes longer than to look at a case."""
        return re.compile(self.pattern, re.IGNORECASE)


def _family(*parts: str, words: str = "", ends: str = "", signs: str = "") -> Family:
    written = frozenset(word + sign for word in _even(words).split() for sign in ("", ".", "/"))
    return Family(written, tuple(_even(ends).split()), signs, "".join(parts))


def _even(text: str) -> str:
    """A text in which signs are the same that are so where case does not matter."""
    return text.lower().replace("\u0307", "").replace("ı", "i").replace("ſ", "s")


LATIN = (
    # German, Dutch, Nordic languages: the number behind the street
    _family(
        rf"\b[^\W\d_][\w.-]*(?:{_ONE_WORD}) {_NUMBER}|\b{_WORD} (?:{_OWN_WORD}) {_NUMBER}",
        ends=_ONE_WORD.replace("[iae]ntie", "ntie").replace("\\", "").replace("|", " ") + " gate plass",
    ),
    _family(
        rf"\b(?:Am|An der|Im|In der|Zum|Zur|Auf der) (?-i:[A-ZÄÖÜ]){_WORD}(?: {_WORD})? {_NUMBER}, \d{{5}}",
        signs=r", \d{5}",
    ),
    # English, French: the number before it
    _family(
        rf"\b\d{{1,5}}[A-Za-z]? (?:{_WORD} ){{1,3}}(?:{_ENGLISH})\b\.?",
        words=_ENGLISH.replace("|", " "),
    ),
    _family(rf"\b(?:{_BOX}) \d{{1,7}}", ends="box postfach apartado postboks postbus postale"),
    _family(
        rf"\b\d{{1,4}}(?: ?bis| ?ter)?,? (?:{_FRENCH})\b(?: (?:de|du|des|la|le|les)| d['’]| l['’])*",
        rf" ?{_WORD}(?: {_WORD}){{0,3}}",
        words="rue avenue av. boulevard bd chemin allée impasse quai place",
    ),
    # Spanish, Portuguese, Italian
    _family(
        rf"\b(?:{_ROMANCE}){_ENDED} ?(?:(?:{_OF}) )*(?-i:[A-ZÁÉÍÓÚÂÊÔÃÕÇÀÈÌÒÙÑ])[\w'’.-]*",
        rf"(?: (?:(?:{_OF}) )?{_WORD}){{0,3}},? (?:n\.?[ºo]? ?|núm\.? ?)?{_NUMBER}",
        words=_ROMANCE.replace("\\", "").replace("|", " "),
    ),
    # Polish, Turkish
    _family(
        rf"\b(?:ul\.|al\.|pl\.|os\.|ulica|aleja) {_WORD}(?: {_WORD}){{0,3}} {_NUMBER}",
        words="ul. al. pl. os. ulica aleja",
    ),
    _family(
        rf"\b{_WORD}(?: {_WORD})? (?:{_TURKISH}){_ENDED},? ?(?:No:? ?)?{_NUMBER}",
        words=_TURKISH.replace("\\", "").replace("|", " "),
    ),
)
OTHERS = (
    # Russian, Arabic
    _family(
        rf"(?:{_RUSSIAN}) ?{_WORD}(?:[ -]{_WORD}){{0,2}},? ?(?:д\.|дом)? ?{_NUMBER}",
        rf"|\b{_WORD} (?:{_RUSSIAN}),? ?(?:д\.|дом)? ?{_NUMBER}",
        signs=_RUSSIAN,
    ),
    _family(r"\bشارع \S+(?: \S+){0,3}?،? ?(?:رقم )?\d{1,4}", signs="شارع"),
    # Chinese, Japanese, Korean: from the large to the small
    _family(
        r"[㐀-鿿]{2,20}(?:路|街|大道|巷|弄|胡同)\d{1,5}(?:弄\d{1,4})?号(?:[㐀-鿿\d]{0,12}\d{1,4}(?:室|房|户))?",
        r"|[㐀-鿿]{2,12}(?:小区|花园|公寓|家园|苑)[㐀-鿿]{0,4}\d{1,4}(?:栋|幢|号楼)[㐀-鿿\d]{0,8}(?:\d{1,5}(?:室|房|户))?",
        r"|[㐀-鿿]{2,16}区[㐀-鿿]{2,12}\d{1,3}(?:栋|幢|号楼)\d{0,5}",
        signs=r"[号栋幢](?<=\d.)",
    ),
    _family(
        r"〒? ?\d{3}-\d{4} ?[㐀-鿿]{2,4}[都道府県]|[㐀-鿿ぁ-ヿ]{2,12}[市区町村][㐀-鿿ぁ-ヿ]{1,10}\d{1,3}",
        r"(?:丁目\d{1,4}(?:番地?\d{0,4}号?|-\d{1,4}(?:-\d{1,4})?)|番地?\d{0,4}号?|-\d{1,4}-\d{1,4})",
        signs=r"[-市区町村](?:\d{4} ?[㐀-鿿]|[㐀-鿿ぁ-ヿ]{1,10}\d{1,3}(?:丁目|番|-\d))",
    ),
    _family(
        r"[가-힣]{1,8}(?:시|도|구|군|동|읍|면) (?:[가-힣]{1,8}(?:구|군|동|읍|면) )?",
        r"[가-힣\d]{1,12}(?:로|길) ?\d{1,4}(?:-\d{1,4})?",
        signs=r"[로길] ?\d",
    ),
)
"""Ways that ASCII alone does not suffice for."""
_WORD_OR_SHORT = re.compile("[a-zà-öø-ÿğ]+[./]?")
_BEFORE = re.compile(r" \d(?<=[a-zà-ÿ.] \d)")
"""A number with a word before it."""


def likely(plain: str) -> Iterator["re.Pattern[str]"]:
    """The ways of writing of which something stands in plain text: a cheap answer, seldom any."""
    even = _even(plain)
    words = set(_WORD_OR_SHORT.findall(even))
    numbers = [match.start() for match in _BEFORE.finditer(even)]
    for family in LATIN if plain.isascii() else (*LATIN, *OTHERS):
        if family.words:
            found = not family.words.isdisjoint(words)
        elif family.ends:
            found = any(even.endswith(family.ends, 0, at) for at in numbers)
        else:
            found = re.search(family.signs, even) is not None
        if found:
            yield family.address
