"""Names of files from outside, made harmless on every system before they are recorded or written."""

import unicodedata
from pathlib import PurePosixPath

LONGEST = 120
"""Characters that a name may have; a name in Chinese then still fits into the 255 bytes that Linux allows with care."""
_MOST_BYTES = 200
_ENDING = 16
_DROPPED = ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")
"""Kinds of characters that nobody sees or that change the direction of the rest (Unicode general categories)."""
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_DEVICES = frozenset(
    (
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"),
    )
)
NAMELESS = "file"


def clean(name: str) -> str:
    """The name without folders, unseen characters, and whatever some system takes for something else; never empty."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if unicodedata.category(char) not in _DROPPED)
    name = " ".join(unicodedata.normalize("NFC", name).translate(_FORBIDDEN).split())
    name = _trimmed(_shortened(_trimmed(name)))
    return f"_{name}" if name.partition(".")[0].strip().lower() in _DEVICES else name or NAMELESS


def _trimmed(name: str) -> str:
    """Without dots and dashes at the beginning, which hide files or look like options, nor dots at the end."""
    return name.lstrip(".-~ ").rstrip(". ")


def _shortened(name: str) -> str:
    """So short that every system can write it, its ending kept."""
    ending = PurePosixPath(name).suffix
    ending = ending if len(ending) <= _ENDING else ""
    stem = name.removesuffix(ending) if ending else name
    while len(stem) + len(ending) > LONGEST or len((stem + ending).encode()) > _MOST_BYTES:
        stem = stem[:-1]
    return stem.rstrip() + ending
