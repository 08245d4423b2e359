"""Files from outside, made here: those that may be evidence with their media types, those that may not with why."""

import gzip
import io
import struct
import wave
import zipfile
from collections.abc import Callable, Mapping

from PIL import Image

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_OFFICE = "application/vnd.openxmlformats-officedocument"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), **more: object) -> bytes:
    """A red picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **more)
    return out.getvalue()


def archive(members: Mapping[str, bytes | str], before: bytes = b"", how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive, behind other bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return before + out.getvalue()


def sound() -> bytes:
    """A second of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(8000)
        made.writeframes(b"\x80" * 8000)
    return out.getvalue()


def film(brand: bytes) -> bytes:
    """The beginning of a film."""
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\2\0" + b"isommp41" + struct.pack(">I", 8) + b"mdat"


def compound(name: str, root: bytes = b"") -> bytes:
    """A file of the old kind of office documents: header, and a directory with a root and one entry."""
    header = OLE + bytes(16) + struct.pack("<HHHH", 0x3E, 3, 0xFFFE, 9) + bytes(12) + struct.pack("<I", 0)
    entries = "Root Entry".encode("utf-16-le").ljust(80, b"\0") + root.ljust(48, b"\0")
    return header.ljust(512, b"\0") + (entries + name.encode("utf-16-le").ljust(128, b"\0")).ljust(512, b"\0")


def program() -> bytes:
    """The beginning of a program for Windows."""
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(200)


PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"

PASS: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "zip.jpg": (picture, "image/jpeg"),
    "zip.png": (lambda: picture("PNG"), "image/png"),
    "zip.gif": (lambda: picture("GIF"), "image/gif"),
    "zip.webp": (lambda: picture("WEBP"), "image/webp"),
    "motion.jpg": (lambda: picture() + film(b"mp42"), "image/jpeg"),
    "call.wav": (sound, "audio/wave"),
    "call.amr": (lambda: b"#!AMR\n" + bytes(200), "application/octet-stream"),
    "film.mp4": (lambda: film(b"isom"), "video/mp4"),
    "report.pdf": (lambda: PDF, "application/pdf"),
    "chat.txt": ("拉链坏了 Reißverschluss kaputt\n".encode, "text/plain"),
    "chat-gbk.txt": (lambda: "拉链坏了，要求退款\n".encode("gbk"), "text/plain"),
    "chat-utf-16.txt": (lambda: "拉链坏了\n".encode("utf-16"), "text/plain"),
    "about-scripts.txt": (lambda: b"They sent us <script>alert(1)</script> and onload=x\n", "text/plain"),
    "MZ.txt": (lambda: b"MZ is how it begins\n", "text/plain"),
    "table.csv": (lambda: b"a,b\n1,2\n", "text/plain"),
    "page.html": (lambda: b"<!DOCTYPE html>\n<html><body>Broken</body></html>", "text/html"),
    "drawing.svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', "image/svg+xml"),
    "data.xml": (lambda: b'<?xml version="1.0"?>\n<a/>', "application/xml"),
    "several.zip": (lambda: archive({"a.jpg": picture()}), "application/zip"),
    "with-a-pdf.zip": (lambda: archive({"a.pdf": PDF}, how=zipfile.ZIP_STORED), "application/zip"),
    "letter.docx": (
        lambda: archive({"[Content_Types].xml": _TYPES, "word/document.xml": "<w/>"}),
        f"{_OFFICE}.wordprocessingml.document",
    ),
    "table.xlsx": (
        lambda: archive({"[Content_Types].xml": _TYPES, "xl/workbook.xml": "<w/>"}),
        f"{_OFFICE}.spreadsheetml.sheet",
    ),
    "letter.odt": (
        lambda: archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<w/>"}, how=0),
        "application/vnd.oasis.opendocument.text",
    ),
    "letter.doc": (lambda: compound("WordDocument"), "application/msword"),
    "picture.exe.jpg": (picture, "image/jpeg"),
    "mail.eml": (
        lambda: b"Return-Path: <a@example.com>\nFrom: a@example.com\nSubject: Zip\n\nBroken\n",
        "message/rfc822",
    ),
    "copy.gz": (lambda: gzip.compress(b"Broken"), "application/x-gzip"),
    "unknown": (lambda: bytes(range(1, 200)), "application/octet-stream"),
}

FAIL: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "empty.jpg": (lambda: b"", "The file is empty."),
    "tool": (lambda: b"\x7fELF" + bytes(60), "The file is a program for Linux (ELF)."),
    "invoice.pdf": (program, "The file is a program for Windows or DOS (MZ)."),
    "mac": (lambda: bytes.fromhex("cffaedfe07000001") + bytes(60), "The file is a program for macOS (Mach-O)."),
    "class": (lambda: bytes.fromhex("cafebabe0000003d") + bytes(60), "The file is a program for macOS or Java."),
    "script.txt": (lambda: b"#!/bin/sh\nrm -rf ~\n", "The file is a script (it begins with #!)."),
    "shortcut.jpg": (
        lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(60),
        "The file is a shortcut of Windows, which starts a program.",
    ),
    "setup.doc": (
        lambda: compound("Setup", bytes.fromhex("84100c0000000000c000000000000046")),
        "The file is an installer for Windows (MSI).",
    ),
    "letter.doc": (lambda: compound("_VBA_PROJECT"), "The file is a document with macros."),
    "letter.docx": (
        lambda: archive({"[Content_Types].xml": _TYPES, "word/document.xml": "<w/>", "word/vbaProject.bin": "x"}),
        "The file is a document with macros.",
    ),
    "page.htm": (
        lambda: b"<!DOCTYPE html>\n<html><body onload=steal()>Broken</body></html>",
        "The file is a page with scripts in it.",
    ),
    "page-utf-16.htm": (
        lambda: "<!DOCTYPE html><script>steal()</script>".encode("utf-16"),
        "The file is a page with scripts in it.",
    ),
    "drawing.svg": (
        lambda: b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:steal()"/></svg>',
        "The file is a page with scripts in it.",
    ),
    "start.bat": (lambda: b"del *.*\n", "The file is called so that systems start it (.bat)."),
    "picture.jpg.exe": (picture, "The file is called so that systems start it (.exe)."),
    "start.hta.": (lambda: b"Hello\n", "The file is called so that systems start it (.hta)."),
    "pictures.zip": (
        lambda: archive({"a.jpg": picture(), "b/invoice.pdf.exe": program()}),
        "The file is an archive with a program in it (invoice.pdf.exe).",
    ),
    "tool.zip": (lambda: archive({"META-INF/MANIFEST.MF": "x"}), "The file is a program for Java or Android."),
    "both.jpg": (
        lambda: archive({"a.txt": "hidden"}, before=picture()),
        "The file is image/jpeg and a ZIP archive at once.",
    ),
    "both.pdf": (
        lambda: archive({"a.txt": "hidden"}, before=PDF),
        "The file is application/pdf and a ZIP archive at once.",
    ),
    "both.gif": (
        lambda: b"GIF89a/*....*/=1;alert(1)" + bytes(20),
        "The file is image/gif and a script for browsers at once.",
    ),
    "comment.jpg": (
        lambda: b"\xff\xd8\xff\xe0/*JFIF\0\x01" + bytes(100) + b"*/alert(1)",
        "The file is image/jpeg and a script for browsers at once.",
    ),
    "late.jpg": (lambda: picture()[:200] + PDF, "The file is image/jpeg and a PDF at once."),
    "php.gif": (
        lambda: picture("GIF") + b"<?PHP system($_GET[0]); ?>",
        "The file is image/gif and a script for web servers at once.",
    ),
    "html.png": (
        lambda: picture("PNG") + b"<html><SCRIPT>steal()</SCRIPT>",
        "The file is image/png and a page with scripts in it at once.",
    ),
    "rar.jpg": (lambda: picture() + b"Rar!\x1a\x07\x01\0", "The file is image/jpeg and a RAR archive at once."),
    "disk.png": (
        lambda: picture("PNG").ljust(32769, b"\0") + b"CD001" + bytes(20),
        "The file is image/png and a disk image at once.",
    ),
    "tar.png": (
        lambda: picture("PNG").ljust(600, b"\0")[:257] + b"ustar\0" + bytes(300),
        "The file is image/png and a tar archive at once.",
    ),
}
