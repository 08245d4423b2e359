"""What pages show of evidence: pictures without what they hold beside their points, and only of what is as recorded."""

import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from caseledger import yamltext
from caseledger.stores.registry import Stores
from tests import casework, samples
from tests.casework import CASE, JSON, case, event

SECRET = b"SN-4711-SECRET"


def photograph(size: tuple[int, int] = (640, 480), form: str = "JPEG", *, turned: int = 1) -> bytes:
    """A picture, its left half red and its right half blue, with a place, a serial number, XMP and a comment."""
    picture = Image.new("RGB", size, (200, 20, 20))
    picture.paste((20, 20, 200), (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 0.0), 3: "E", 4: (10.0, 45.0, 0.0)})
    exif.get_ifd(0x8769).update({0xA431: SECRET.decode(), 0x9286: SECRET})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
    more: JSON = {"comment": SECRET} if form in ("JPEG", "GIF") else {"xmp": xmp} if form == "WEBP" else {}
    out = io.BytesIO()
    picture.save(out, form, **({} if form == "GIF" else {"exif": exif}), **more)
    return out.getvalue()


def entry(raw: bytes, uri: str = "", kind: str = "image/jpeg", name: str = "zip.jpg") -> JSON:
    """What a case says of a file."""
    digest = hashlib.sha256(raw).hexdigest()
    return {
        "name": name,
        "sha256": digest,
        "size": len(raw),
        "media_type": kind,
        "uri": uri or f"store:evidence/{digest}",
    }


def put(root: Path, raw: bytes) -> None:
    """Put a file into the store of a repository."""
    digest = hashlib.sha256(raw).hexdigest()
    Stores(root, {}).named("evidence").put(digest, digest, [raw])


def page(root: Path, *files: JSON) -> str:
    """The page of a case with these files."""
    [row] = casework.stamp(root, case(event("2026-11-03 12:00", "evidence", files=list(files), obtained="By e-mail")))
    return casework.page(root, row)


def pictures(root: Path) -> dict[str, Image.Image]:
    """The copies of pictures beside the pages, by the size that is in their names."""
    folder = root / f"stamped/evidence/2026/11/{CASE}"
    return {path.stem.rpartition("-")[2]: Image.open(io.BytesIO(path.read_bytes())) for path in folder.glob("*.webp")}


@pytest.fixture
def repository(repository: Path) -> Path:
    """A repository with nothing else in the folder around it."""
    moved = repository / "repository"
    moved.mkdir()
    for path in [path for path in repository.iterdir() if path != moved]:
        path.rename(moved / path.name)
    return moved


def test_a_picture_is_shown_small_and_leads_to_a_larger_one(repository: Path) -> None:
    raw = photograph((4000, 3000))
    put(repository, raw)
    html = page(repository, entry(raw))
    folder, digest = f"../../../../evidence/2026/11/{CASE}", hashlib.sha256(raw).hexdigest()
    assert (
        f'<a href="{folder}/{digest}-1600.webp" rel="noopener noreferrer nofollow"><img class="cl-thumbnail"'
        f' src="{folder}/{digest}-240.webp" width="240" height="180" alt="" loading="lazy">zip.jpg</a>'
    ) in html
    assert {name: picture.size for name, picture in pictures(repository).items()} == {
        "240": (240, 180),
        "1600": (1600, 1200),
    }


@pytest.mark.parametrize(
    ("form", "kind"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/gif")]
)
def test_nothing_but_its_points_gets_into_the_site(repository: Path, form: str, kind: str) -> None:
    raw = photograph(form=form)
    assert SECRET in raw
    put(repository, raw)
    page(repository, entry(raw, kind=kind))
    assert set(pictures(repository)) == {"240", "1600"}
    for picture in pictures(repository).values():
        assert not picture.getexif()
        assert set(picture.info) <= {"loop", "background", "timestamp", "duration"}
    out = [path.read_bytes() for path in (repository / "stamped").rglob("*") if path.is_file()]
    assert not [found for found in out if SECRET in found or b"Exif" in found or b"XMP" in found or raw[:64] in found]


def test_a_picture_is_turned_as_it_was_held(repository: Path) -> None:
    raw = photograph((640, 480), turned=6)
    put(repository, raw)
    page(repository, entry(raw))
    picture = pictures(repository)["240"]
    assert picture.size == (180, 240)
    above, below = picture.convert("RGB").getpixel((90, 20)), picture.convert("RGB").getpixel((90, 220))
    assert isinstance(above, tuple)
    assert isinstance(below, tuple)
    assert above[0] > 150 > above[2]
    assert below[2] > 150 > below[0]


def test_of_a_picture_in_git_the_original_is_not_copied(repository: Path) -> None:
    raw = photograph()
    folder = repository / "cases/2026/11" / CASE
    folder.mkdir(parents=True)
    (folder / "zip.jpg").write_bytes(raw)
    html = page(repository, entry(raw, "zip.jpg"))
    assert 'class="cl-thumbnail"' in html
    beside = sorted(path.name for path in (repository / f"stamped/evidence/2026/11/{CASE}").iterdir())
    digest = hashlib.sha256(raw).hexdigest()
    assert beside == [f"{digest}-1600.webp", f"{digest}-240.webp"]


def bomb() -> bytes:
    """A few bytes that claim to be a picture of 40,000 times 40,000 points."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 40000, 40000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(bytes(1000))) + part(b"IEND", b"")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (bomb(), "image/png"),
        (photograph()[:400], "image/jpeg"),
        (b"no picture", "image/jpeg"),
        (samples.PDF, "application/pdf"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "image/png"),
    ],
)
def test_what_is_no_picture_is_named_with_the_command_that_gets_it(repository: Path, raw: bytes, kind: str) -> None:
    put(repository, raw)
    html = page(repository, entry(raw, kind=kind, name="file"))
    digest = hashlib.sha256(raw).hexdigest()
    assert f'file<br><code class="cl-soft">caseledger evidence get {CASE} {digest[:12]}</code>' in html
    assert "cl-thumbnail" not in html
    assert pictures(repository) == {}


def test_a_picture_that_is_not_as_it_was_recorded_is_not_shown(repository: Path) -> None:
    raw = photograph()
    digest = hashlib.sha256(raw).hexdigest()
    html = page(repository, entry(raw))
    assert "cl-thumbnail" not in html
    folder = repository.parent / "repository-evidence" / digest[:2]
    folder.mkdir(parents=True)
    (folder / digest).write_bytes(photograph((320, 240)))
    assert "cl-thumbnail" not in page(repository, entry(raw))
    (folder / digest).write_bytes(raw)
    assert "cl-thumbnail" in page(repository, entry(raw))


def test_a_store_that_does_not_answer_leaves_the_page_without_pictures(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    settings = repository / "caseledger.yml"
    url = "s3://evidence?endpoint=http://127.0.0.1:9&region=eu-north-1"
    settings.write_text(settings.read_text("utf-8") + f'stores: {{evidence: "{url}"}}\n', "utf-8")
    html = page(repository, entry(photograph()), entry(photograph((320, 240)), name="other.jpg"))
    assert html.count("caseledger evidence get") == 2


def test_copies_are_made_once(repository: Path) -> None:
    raw = photograph()
    put(repository, raw)
    page(repository, entry(raw))
    digest = hashlib.sha256(raw).hexdigest()
    (repository.parent / "repository-evidence" / digest[:2] / digest).unlink()
    assert "cl-thumbnail" in page(repository, entry(raw, name="again.jpg"))
    assert yamltext.read((repository / "caseledger.yml").read_bytes(), "").data.get("stores") is None
