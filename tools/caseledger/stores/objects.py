"""Object storage that speaks S3. Names and passwords come from the environment (AWS_ACCESS_KEY_ID …) alone."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.stores import naming
from caseledger.stores.store import CHUNK, Changed, Different, Kept, Missing, checked, digest_of
from caseledger.stores.urls import Url

if TYPE_CHECKING:
    from obstore import GetResult
    from obstore.store import RetryConfig

_PART = 8 * CHUNK
"""Larger files are sent in parts of this size."""
_PATIENCE: "RetryConfig" = {"max_retries": 4, "retry_timeout": timedelta(seconds=60)}


class Objects:
    """The objects of a bucket below a prefix: ab/abcd… for the content whose SHA-256 is abcd…"""

    def __init__(self, name: str, url: Url) -> None:
        self.name = name
        self._url = url
        with self._asked():
            self._store = S3Store(
                url.place,
                prefix=url.prefix or None,
                config={
                    **({"endpoint": url.endpoint} if url.endpoint else {}),
                    **({"region": url.region} if url.region else {}),
                },
                client_options={
                    "connect_timeout": "10s",
                    "timeout": "10m",
                    "allow_http": url.endpoint.startswith("http:"),
                },
                retry_config=_PATIENCE,
            )

    @property
    def shown(self) -> str:
        """Where it is, for people."""
        at = f" ({self._url.endpoint})" if self._url.endpoint else ""
        return f"s3://{self._url.place}/{self._url.prefix}{at}"

    def key(self, case_file: str, digest: str, ending: str) -> str:
        """The SHA-256: the same content is kept once, for however many cases."""
        return digest

    def uri(self, key: str) -> str:
        """store:NAME/SHA-256"""
        return naming.uri(self.name, key)

    def put(self, key: str, digest: str, chunks: Iterable[bytes]) -> bool:
        """Keep a file if there is none; a large one is sent in parts, and there once all of them are."""
        if self.size(key) is None and self._sent(key, checked(chunks, digest)):
            return True
        if digest_of(self.open(key))[0] != digest:
            raise Different(self.name, digest)
        return False

    def open(self, key: str) -> Iterator[bytes]:
        """A file, chunk by chunk."""
        with self._asked():
            try:
                found = obstore.get(self._store, _place(key))
            except FileNotFoundError:
                raise Missing from None
        return self._chunks(found)

    def size(self, key: str) -> int | None:
        """How many bytes a file has."""
        with self._asked():
            try:
                return obstore.head(self._store, _place(key))["size"]
            except FileNotFoundError:
                return None

    def list(self) -> Iterator[Kept]:
        """Every object below the prefix."""
        with self._asked():
            for some in obstore.list(self._store):
                for one in some:
                    name = one["path"].rpartition("/")[2]
                    yield Kept(name if one["path"] == _place(name) else one["path"], one["size"])

    def remove(self, key: str) -> None:
        """Take an object away."""
        if self.size(key) is None:
            raise Missing
        with self._asked():
            obstore.delete(self._store, _place(key))

    def _sent(self, key: str, chunks: Iterator[bytes]) -> bool:
        """Send a file; False if somebody else was faster."""
        first = b"".join(_up_to(chunks, _PART))
        with self._asked():
            if len(first) >= _PART:
                obstore.put(self._store, _place(key), _before(first, chunks), use_multipart=True, chunk_size=_PART)
                return True
            try:
                obstore.put(self._store, _place(key), first, mode="create", use_multipart=False)
            except AlreadyExistsError:
                return False
            return True

    def _chunks(self, found: "GetResult") -> Iterator[bytes]:
        with self._asked():
            for chunk in found.stream(CHUNK):
                yield bytes(chunk)

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """What goes wrong with the storage, in its own words."""
        try:
            yield
        except (BaseError, FileNotFoundError) as error:
            if isinstance(error.__cause__, Changed):
                raise error.__cause__ from None
            said = str(error).strip().splitlines()[0]
            message = N_("The store {name} at {place} does not answer as it should: {said}")
            raise CannotGoOn(Text(message, name=self.name, place=self.shown, said=said)) from None


def _place(key: str) -> str:
    return key if "/" in key else f"{key[:2]}/{key}"


def _up_to(chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The first chunks, so many that they have that size."""
    for chunk in chunks:
        yield chunk
        size -= len(chunk)
        if size <= 0:
            return


def _before(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
