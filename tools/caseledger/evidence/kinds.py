"""What kind of file something is, by its contents; its name says nothing."""

import re
import zipfile
from collections.abc import Iterator, Mapping

from caseledger.evidence.reading import Facts

BINARY = "application/octet-stream"
PLAIN = "text/plain"
ZIP = "application/zip"
_FORM = re.compile(r"[a-z]+/[A-Za-z0-9.+_-]+")
_TEXTUAL = ("text/html", "message/rfc822", "application/rtf", "text/rtf", "application/pdf", "application/postscript")
"""What text may be taken for by its first words; anything else that looks so is a coincidence."""
_MARKUP = {
    re.compile(
        r"\s*(?:<!--.*?-->\s*)*<!doctype html|\s*(?:<!--.*?-->\s*)*<(?:html|head|body|script)[\s>]", re.S | re.I
    ): "text/html",
    re.compile(r".{0,4096}?<svg[\s>]", re.S | re.I): "image/svg+xml",
    re.compile(r"\s*<\?xml\s", re.I): "application/xml",
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_WITHIN: Mapping[str, str] = {
    "word/": f"{_OFFICE}.wordprocessingml.document",
    "xl/": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt/": f"{_OFFICE}.presentationml.presentation",
}
_ENDINGS: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "audio/mpeg": ".mp3",
    "audio/wave": ".wav",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/plain": ".txt",
    "video/mp4": ".mp4",
}


def media_type(facts: Facts) -> str:
    """The media type of a file, application/octet-stream where nobody knows it."""
    if facts.textual:
        return _of_text(facts.head)
    if facts.head.startswith(b"PK\x03\x04"):
        return _of_zip(facts)
    return next(_guesses(facts.head), BINARY)


def ending(kind: str) -> str:
    """How the name of a file of that type ends where the site may show it, "" for all other types."""
    return _ENDINGS.get(kind, "")


def members(facts: Facts) -> list[str]:
    """The names in a ZIP archive; none if it is no such archive, or a broken one."""
    try:
        with zipfile.ZipFile(facts.path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []


def _of_text(head: bytes) -> str:
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if utf16 else "utf-8-sig", "replace")
    for pattern, kind in _MARKUP.items():
        if text.lstrip().startswith("<") and pattern.match(text):
            return kind
    return next((kind for kind in _guesses(head) if kind in _TEXTUAL), PLAIN)


def _of_zip(facts: Facts) -> str:
    """What a ZIP archive is, by what is in it: documents of offices are such archives, too."""
    names = members(facts)
    if names[:1] == ["mimetype"]:
        said = facts.head[38:138].partition(b"PK")[0].decode("ascii", "replace")
        if _FORM.fullmatch(said):
            return said
    if "[Content_Types].xml" in names:
        return next((kind for folder, kind in _WITHIN.items() if any(n.startswith(folder) for n in names)), ZIP)
    return ZIP


def _guesses(head: bytes) -> Iterator[str]:
    """What the file may be by its first bytes, the likeliest first."""
    import puremagic  # noqa: PLC0415 - slow to load

    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return
    yield from (match.mime_type for match in found if _FORM.fullmatch(match.mime_type))
