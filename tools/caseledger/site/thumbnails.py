"""Small and middling copies of pictures for pages, made anew from their points alone.

Nothing else of the original gets into them: no place, no serial number, no comment, no preview of what was cut off. The
original stays in its store.
"""

import hashlib
import os
import tempfile
import warnings
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from caseledger import cache
from caseledger.errors import CannotGoOn
from caseledger.stores.registry import Stores
from caseledger.stores.store import Missing, Store

if TYPE_CHECKING:
    from PIL.Image import Image

KINDS = ("image/gif", "image/jpeg", "image/png", "image/webp")
"""The media types of which there are copies."""
SMALL, LARGE = 240, 1600
"""The longest side of a copy, in points of the screen."""
_FORMATS = ("GIF", "JPEG", "PNG", "WEBP")
_MOST_BYTES = 60_000_000
_IN_MEMORY = 8_000_000
_FOLDER = cache.FOLDER / "pictures"


class Copies(NamedTuple):
    """A picture as pages show it: a small copy with its size, and a larger one."""

    small: Path
    large: Path
    width: int
    height: int


class Picture(NamedTuple):
    """A picture that a case names: its SHA-256, and what its entry calls it."""

    sha256: str
    uri: str


class Thumbnails:
    """The copies of the pictures of a repository, made when they are first wanted and then kept in its cache."""

    def __init__(self, root: Path, settings: Mapping[str, Any]) -> None:
        self._folder = root / _FOLDER
        self._stores = Stores(root, settings)
        self._silent: set[str] = set()
        """The stores that did not answer; they are not asked again for every picture."""

    def of(self, case_file: str, file: Mapping[str, Any]) -> Copies | None:
        """The copies of a file of evidence; None where it is no picture, is not here, or is not as it was recorded."""
        if file["media_type"] not in KINDS or not 0 < file["size"] <= _MOST_BYTES:
            return None
        paths = self._paths(file["sha256"])
        try:
            if not _there(paths):
                self._make(case_file, file, paths)
            return Copies(paths[SMALL], paths[LARGE], *_size(paths[SMALL]))
        except (OSError, ValueError, SyntaxError, Missing, CannotGoOn):
            return None

    def at_hand(self, case_file: str, picture: Picture) -> bool:
        """Whether there are copies of a picture, or a store has something to make them of."""
        if _there(self._paths(picture.sha256)):
            return True
        try:
            store, key = self._holding(case_file, picture.uri)
            with self._asking(store):
                return store.size(key) is not None
        except (OSError, Missing, CannotGoOn):
            return False

    def _make(self, case_file: str, file: Mapping[str, Any], paths: Mapping[int, Path]) -> None:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as original:
            self._read(case_file, file, original)
            self._folder.mkdir(parents=True, exist_ok=True)
            for side, path in paths.items():
                original.seek(0)
                picture = shrunk(original, side)
                written = path.with_suffix(f".{os.getpid()}.tmp")
                picture.save(written, "WEBP", quality=82)
                written.replace(path)

    def _read(self, case_file: str, file: Mapping[str, Any], into: IO[bytes]) -> None:
        store, key = self._holding(case_file, file["uri"])
        digest = hashlib.sha256()
        with self._asking(store):
            for chunk in store.open(key):
                digest.update(chunk)
                into.write(chunk)
        if digest.hexdigest() != file["sha256"]:
            raise Missing

    def _paths(self, digest: str) -> Mapping[int, Path]:
        return {side: self._folder / f"{digest}-{side}.webp" for side in (SMALL, LARGE)}

    def _holding(self, case_file: str, uri: str) -> tuple[Store, str]:
        """The store and the key of a picture; Missing where there is none that answers."""
        found = self._stores.holding(case_file, uri)
        if found is None or found[0].name in self._silent:
            raise Missing
        return found

    @contextmanager
    def _asking(self, store: Store) -> Iterator[None]:
        """Ask a store for something, and nothing more if it does not answer."""
        try:
            yield
        except CannotGoOn:
            self._silent.add(store.name)
            raise


def tidy(root: Path, wanted: Collection[str]) -> None:
    """Remove the copies of all pictures but those with the SHA-256s that are `wanted`."""
    folder = root / _FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.partition("-")[0] not in wanted:
            path.unlink(missing_ok=True)


def shrunk(original: IO[bytes], side: int) -> "Image":
    """A picture turned as it was held, its longest side at most so many points, with nothing but its points.

    OSError, ValueError or SyntaxError where it is none, or claims to have more points than Pillow thinks safe.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - slow to load, and most cases have no pictures

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            opened = Image.open(original, formats=_FORMATS)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
            raise ValueError(str(bomb)) from None
    with opened as picture:
        if picture.format == "JPEG":
            picture.draft("RGB", (side, side))
        turned = ImageOps.exif_transpose(picture)
        turned.thumbnail((side, side))
        plain = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    return Image.frombytes(plain.mode, plain.size, plain.tobytes())


def _there(paths: Mapping[int, Path]) -> bool:
    return all(path.is_file() for path in paths.values())


def _size(path: Path) -> tuple[int, int]:
    from PIL import Image  # noqa: PLC0415 - slow to load

    with Image.open(path, formats=("WEBP",)) as picture:
        return picture.size
