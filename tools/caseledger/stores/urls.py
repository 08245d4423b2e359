"""The URLs by which the settings say where evidence is kept: file:, lfs:, s3:."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

_S3_OPTIONS = ("endpoint", "region")
_HERE = ("localhost", "127.0.0.1", "::1")


class Kind(StrEnum):
    """What keeps the files: a folder, Git LFS, object storage."""

    FILE = "file"
    LFS = "lfs"
    S3 = "s3"


@dataclass(frozen=True)
class Url:
    """A URL taken apart: the folder or bucket, the beginning of keys in a bucket, endpoint and region if given."""

    kind: Kind
    place: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""


def parse(text: str) -> Url:
    """A URL taken apart; CannotGoOn says what is wrong with it."""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise _wrong(text) from None
    if "@" in parts.netloc:
        raise CannotGoOn(Text(N_("The URL of a store holds no names and passwords; they come from the environment.")))
    if parts.scheme == Kind.FILE and parts.path and parts.netloc in ("", "localhost") and not parts.query:
        return Url(Kind.FILE, unquote(parts.path))
    if text == "lfs:":
        return Url(Kind.LFS, "")
    if parts.scheme == Kind.S3 and parts.netloc and ":" not in parts.netloc and not parts.fragment:
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        if all(name in _S3_OPTIONS and value for name, value in options.items()):
            return Url(Kind.S3, parts.netloc, parts.path.strip("/"), _endpoint(options), options.get("region", ""))
    raise _wrong(text)


def _endpoint(options: dict[str, str]) -> str:
    endpoint = options.get("endpoint", "")
    parts = urlsplit(endpoint)
    if endpoint and parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
        message = N_("The endpoint {url} must begin with https://, so that nobody on the way can read evidence.")
        raise CannotGoOn(Text(message, url=endpoint))
    return endpoint


def _wrong(text: str) -> CannotGoOn:
    return CannotGoOn(Text(N_("{url} is not the URL of a store."), url=text))
