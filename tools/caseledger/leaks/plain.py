"""A text as it is searched: the signs of all scripts for a digit or a letter as they are typed in ASCII."""

import re
import unicodedata
from typing import NewType

Plain = NewType("Plain", str)

_OTHER = re.compile("[\u0600-\u1fff０-９＠-Ｚａ-ｚ]")
_WIDE = re.compile("[０-９＠-Ｚａ-ｚ]")
_FAR = re.compile("[\u0600-\u1fff]")
_DIGIT = re.compile(r"\d")


def plainly(text: str) -> Plain:
    """A text with wide signs and the digits of all scripts as they are typed in ASCII."""
    if text.isascii() or not _OTHER.search(text):
        return Plain(text)
    if _WIDE.search(text):
        text = unicodedata.normalize("NFKC", text)
    if _FAR.search(text):
        text = re.sub(r"(?![0-9])\d", lambda sign: str(unicodedata.decimal(sign[0])), text)
    return Plain(text)


def numbered(plain: Plain) -> Plain:
    """The lines of a text that hold a digit."""
    return Plain("\n".join(filter(_DIGIT.search, plain.split("\n"))))
