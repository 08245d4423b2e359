"""How street and number are written in the languages of consumers."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_WORD = r"[^\W\d_][\w'’.-]*"
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
    """A way of writing addresses: words of which one stands in each, or how the word before its number ends; signs."""

    words: frozenset[str]
    signs: str
    ends: tuple[str, ...]
    pattern: str

    @property
    def address(self) -> "re.Pattern[str]":
        """An address itself; compiled where one is likely, since that takes longer than to look at a case."""
        return re.compile(self.pattern, re.IGNORECASE)


def _family(*parts: str, words: str = "", signs: str = "", ends: str = "") -> Family:
    return Family(
        frozenset(words.split()),
        signs,
        tuple(ends.split()),
        "".join(parts),
    )


LATIN = (
    # German, Dutch, Nordic languages: the number behind the street
    _family(
        rf"\b[^\W\d_][\w.-]*(?:{_ONE_WORD}) {_NUMBER}|\b{_WORD} (?:{_OWN_WORD}) {_NUMBER}",
        ends=_ONE_WORD.replace("[iae]ntie", "ntie").replace("\\", "").replace("|", " ") + " gate plass",
    ),
    _family(
        rf"\b(?:Am|An der|Im|In der|Zum|Zur|Auf der) (?-i:[A-ZÄÖÜ]){_WORD}(?: {_WORD})? {_NUMBER}, \d{{5}}",
        words="am der im zum zur",
        signs=r"\d(?: ?[a-z])?, \d{5}",
    ),
    # English, French: the number before it
    _family(
        rf"\b\d{{1,5}}[A-Za-z]? (?:{_WORD} ){{1,3}}(?:{_ENGLISH})\b\.?",
        words=f"{_ENGLISH} st. rd. ave. ln. blvd.".lower().replace("|", " "),
    ),
    _family(rf"\b(?:{_BOX}) \d{{1,7}}", words="box postfach apartado postboks postbus postale"),
    _family(
        rf"\b\d{{1,4}}(?: ?bis| ?ter)?,? (?:{_FRENCH})\b(?: (?:de|du|des|la|le|les)| d['’]| l['’])*",
        rf" ?{_WORD}(?: {_WORD}){{0,3}}",
        words="rue avenue av. boulevard bd chemin allée impasse quai place",
    ),
    # Spanish, Portuguese, Italian
    _family(
        rf"\b(?:{_ROMANCE}) ?(?:(?:{_OF}) )*(?-i:[A-ZÁÉÍÓÚÂÊÔÃÕÇÀÈÌÒÙÑ])[\w'’.-]*",
        rf"(?: (?:(?:{_OF}) )?{_WORD}){{0,3}},? (?:n\.?[ºo]? ?|núm\.? ?)?{_NUMBER}",
        words=_ROMANCE.replace("\\", "").replace("|", " "),
    ),
    # Polish, Turkish
    _family(
        rf"\b(?:ul\.|al\.|pl\.|os\.|ulica|aleja) {_WORD}(?: {_WORD}){{0,3}} {_NUMBER}",
        words="ul. al. pl. os. ulica aleja",
    ),
    _family(
        rf"\b{_WORD}(?: {_WORD})? (?:{_TURKISH}),? ?(?:No:? ?)?{_NUMBER}",
        words=_TURKISH.replace("\\", "").replace("|", " ").lower(),
    ),
)
OTHERS = (
    # Russian, Arabic
    _family(
        rf"(?:{_RUSSIAN}) ?{_WORD}(?:[ -]{_WORD}){{0,2}},? ?(?:д\.|дом)? ?{_NUMBER}",
        rf"|\b{_WORD} (?:{_RUSSIAN}),? ?(?:д\.|дом)? ?{_NUMBER}",
        words=_RUSSIAN.replace("\\", "").replace("|", " "),
    ),
    _family(r"شارع \S+(?: \S+){0,3}?،? ?(?:رقم )?\d{1,4}", words="شارع"),
    # Chinese, Japanese, Korean: from the large to the small
    _family(
        r"[㐀-鿿]{2,20}(?:路|街|大道|巷|弄|胡同)\d{1,5}(?:弄\d{1,4})?号(?:[㐀-鿿\d]{0,12}\d{1,4}(?:室|房|户))?",
        r"|[㐀-鿿]{2,12}(?:小区|花园|公寓|家园|苑)[㐀-鿿]{0,4}\d{1,4}(?:栋|幢|号楼)[㐀-鿿\d]{0,8}(?:\d{1,5}(?:室|房|户))?",
        r"|[㐀-鿿]{2,16}区[㐀-鿿]{2,12}\d{1,3}(?:栋|幢|号楼)\d{0,5}",
        signs=r"\d(?:号|栋|幢)",
    ),
    _family(
        r"〒? ?\d{3}-\d{4} ?[㐀-鿿]{2,4}[都道府県]|[㐀-鿿ぁ-ヿ]{2,12}[市区町村][㐀-鿿ぁ-ヿ]{1,10}\d{1,3}",
        r"(?:丁目\d{1,4}(?:番地?\d{0,4}号?|-\d{1,4}(?:-\d{1,4})?)|番地?\d{0,4}号?|-\d{1,4}-\d{1,4})",
        signs=r"\d(?:丁目|番)|\d(?<![\d-]\d)\d{0,2}-\d{1,4}-\d|〒",
    ),
    _family(
        r"[가-힣]{1,8}(?:시|도|구|군|동|읍|면) (?:[가-힣]{1,8}(?:구|군|동|읍|면) )?",
        r"[가-힣\d]{1,12}(?:로|길) ?\d{1,4}(?:-\d{1,4})?",
        signs=r"(?:로|길) ?\d",
    ),
)
"""Ways that ASCII alone does not suffice for."""
_BEFORE = re.compile(r" \d")


def likely(plain: str) -> Iterator["re.Pattern[str]"]:
    """The ways of writing of which something stands in plain text: a cheap answer, seldom any."""
    lower = plain.lower()
    words = set(lower.replace(".", ". ").replace("/", "/ ").replace(",", " ").split())
    numbers = [match.start() for match in _BEFORE.finditer(lower)]
    for family in LATIN if plain.isascii() else (*LATIN, *OTHERS):
        if family.ends:
            found = any(lower.endswith(family.ends, 0, at) for at in numbers)
        else:
            found = not family.words or not family.words.isdisjoint(words)
        if found and (not family.signs or re.search(family.signs, lower)):
            yield family.address
