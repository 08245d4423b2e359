"""Which files may not be evidence as they are: programs, files of two kinds at once, empty and too large ones.

This is no virus scanner: it looks at what a file is, not at what is wrong with it.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from caseledger.evidence import kinds
from caseledger.evidence.reading import HANDLER, Facts
from caseledger.language import N_, Text

LARGEST = "500 MB"
"""How large a file may be where the settings do not say."""
UNITS = {"MB": 10**6, "GB": 10**9}

_PROGRAMS = (
    (b"\x7fELF", N_("a program for Linux (ELF)")),
    (b"\xfe\xed\xfa\xce", N_("a program for macOS (Mach-O)")),
    (b"\xfe\xed\xfa\xcf", N_("a program for macOS (Mach-O)")),
    (b"\xce\xfa\xed\xfe", N_("a program for macOS (Mach-O)")),
    (b"\xcf\xfa\xed\xfe", N_("a program for macOS (Mach-O)")),
    (b"\xca\xfe\xba\xbe", N_("a program for macOS or Java")),
    (b"dex\n", N_("a program for Android")),
    (b"\0asm", N_("a program (WebAssembly)")),
    (b"L\0\0\0\x01\x14\x02\0", N_("a shortcut of Windows, which starts a program")),
    (b"ITSF\x03\0\0\0", N_("a help file of Windows, which may start programs")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSTALLER = bytes.fromhex("84100c0000000000c000000000000046")
"""The class of the root of an .msi file; it begins 80 bytes into the first entry of the directory."""
_STARTED = re.compile(
    r".*\.(apk|app|bat|cmd|com|cpl|dll|exe|hta|jar|jse?|lnk|ms[cip]|pif|psm?1|reg|scr|sh|url|vb[es]|ws[fh]|xll)",
    re.IGNORECASE | re.DOTALL,
)
"""Names by which a system starts a file instead of showing it."""
_MACROS = ("vbaProject.bin", "vbaData.xml")
_MEDIA = ("image/", "audio/", "video/")
_MARKUP = ("text/html", "image/svg+xml", "application/xml")
_ACTIVE = frozenset({b"<script", b"javascript:", HANDLER})
_PRINTABLE = re.compile(rb"[\t\n\r -~]{6}")
_ARCHIVES = {b"rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7z"}


def limit(text: str) -> int:
    """How many bytes "500 MB" are."""
    number, _, unit = text.partition(" ")
    return int(number) * UNITS[unit]


def objections(facts: Facts, media_type: str, largest: str) -> Iterator[Text]:
    """Why a file may not be added; nothing where it may."""
    if facts.size == 0:
        yield Text(N_("The file is empty."))
        return
    if facts.size > limit(largest):
        megabytes = -(-facts.size // UNITS["MB"])
        yield Text(N_("The file has {size} MB; at most {largest} are allowed."), size=megabytes, largest=largest)
    for what in _programs(facts, media_type):
        yield Text(N_("The file is {what}."), what=what)
    for what in _second_kinds(facts, media_type):
        yield Text(N_("The file is {kind} and {what} at once."), kind=media_type, what=what)


def _programs(facts: Facts, media_type: str) -> Iterator[Text]:
    """What starts something when it is opened."""
    head = facts.head
    yield from (Text(what) for magic, what in _PROGRAMS if head.startswith(magic))
    if head.startswith(b"MZ") and not facts.textual:
        yield Text(N_("a program for Windows or DOS (MZ)"))
    if head.startswith(b"#!") and not head.startswith(b"#!AMR"):
        yield Text(N_("a script (it begins with #!)"))
    if head.startswith(_OLE):
        yield from _in_compound_file(facts)
    if media_type in _MARKUP and facts.marks & _ACTIVE:
        yield Text(N_("a page with scripts in it"))
    if called := _STARTED.fullmatch(facts.path.name.rstrip(". ")):
        yield Text(N_("called so that systems start it (.{ending})"), ending=called[1])
    if head.startswith(b"PK\x03\x04"):
        yield from _in_archive(kinds.members(facts))


def _in_compound_file(facts: Facts) -> Iterator[Text]:
    sector = 1 << int.from_bytes(facts.head[30:32], "little")
    root = (1 + int.from_bytes(facts.head[48:52], "little")) * sector
    with facts.path.open("rb") as stream:
        stream.seek(root + 80)
        installs = stream.read(16) == _INSTALLER
    if installs:
        yield Text(N_("an installer for Windows (MSI)"))
    if b"_vba_project" in facts.marks:
        yield Text(N_("a document with macros"))


def _in_archive(names: list[str]) -> Iterator[Text]:
    if any(PurePosixPath(name).name in _MACROS for name in names):
        yield Text(N_("a document with macros"))
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        yield Text(N_("a program for Java or Android"))
    started = next((name for name in names if _STARTED.fullmatch(name.rstrip(". "))), None)
    if started:
        yield Text(N_("an archive with a program in it ({name})"), name=ascii(PurePosixPath(started).name[-60:])[1:-1])


def _second_kinds(facts: Facts, media_type: str) -> Iterator[Text]:
    """What another program would take the same bytes for."""
    head = facts.head
    if not head.startswith(b"PK") and _ends_as_zip(facts):
        yield Text(N_("a ZIP archive"))
    if not facts.textual:
        place = head.find(b"%PDF-", 0, 1024)
        if place > 0 and not (head.startswith(b"PK\x03\x04") and place == _first_member(head)):
            yield Text(N_("a PDF"))
        if head[257:262] == b"ustar" and media_type != "application/x-tar":
            yield Text(N_("a tar archive"))
        if head[32769:32774] == b"CD001" and "iso9660" not in media_type:
            yield Text(N_("a disk image"))
    if media_type.startswith(_MEDIA) and media_type not in _MARKUP:
        yield from _in_media(facts)


def _in_media(facts: Facts) -> Iterator[Text]:
    head = facts.head
    spelt = head.startswith((b"GIF87a", b"GIF89a")) and _PRINTABLE.match(head, 6)
    if spelt or (head[4:6] == b"/*" and head.startswith(b"\xff\xd8\xff")):
        yield Text(N_("a script for browsers"))
    if b"<script" in facts.marks:
        yield Text(N_("a page with scripts in it"))
    if b"<?php" in facts.marks:
        yield Text(N_("a script for web servers"))
    yield from (Text(N_("a {kind} archive"), kind=kind) for mark, kind in _ARCHIVES.items() if mark in facts.marks)


def _ends_as_zip(facts: Facts) -> bool:
    """Whether programs that look for a ZIP from its end find one."""
    end = facts.tail.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(facts.tail):
        return False
    directory = end - int.from_bytes(facts.tail[end + 12 : end + 16], "little")
    return directory < 0 or facts.tail[directory : directory + 4] in (b"PK\x01\x02", b"PK\x05\x06")


def _first_member(head: bytes) -> int:
    """Where the contents of the first member of a ZIP begin."""
    return 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
