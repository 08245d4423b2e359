"""Serves a built site to the browsers of this machine, and tells them when it has changed."""

from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Condition
from typing import BinaryIO

from caseledger.errors import CannotGoOn
from caseledger.language import LANGUAGES, N_, Text, translate

CHANGES, SCRIPT = "/-/changes", "/-/reload.js"
"""Where a page hears of changes, and the script that does; both are the server's alone, and no part of the site."""

PULSE = 10
"""Seconds after which a browser that hears nothing is asked whether it is still there."""

_RELOAD = f"""\
new EventSource("{CHANGES}").onmessage = () => location.reload();
"""
_TAG = f'<script src="{SCRIPT}" defer></script></body>'.encode()

_SAID = N_("There is no such page here."), N_("Home")


def _missing() -> str:
    """What is shown in place of a page that is not there, in every language."""
    page = '<!doctype html><meta charset="utf-8"><title>%(code)d</title>'
    for language in LANGUAGES:
        said, home = (translate(msgid, language) for msgid in _SAID)
        page += f'<p lang="{language}">{said} <a href="/{language}/index.html">{home}</a></p>'
    return page


class Changes:
    """How often the site has changed since it is served."""

    def __init__(self) -> None:
        self.number = 0
        self.over = False
        self._condition = Condition()

    def tell(self) -> None:
        """Say that it has changed."""
        with self._condition:
            self.number += 1
            self._condition.notify_all()

    def end(self) -> None:
        """Say that nothing will be said any more."""
        with self._condition:
            self.over = True
            self._condition.notify_all()

    def wait(self, known: int) -> bool:
        """Whether it has changed since then, as soon as it has; False after a while."""
        with self._condition:
            return self._condition.wait_for(lambda: self.number > known or self.over, PULSE) and not self.over


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: object, changes: Changes | None, directory: str) -> None:
        self.changes = changes
        self.error_message_format = _missing()
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.changes and self.path == CHANGES:
            self._listen(self.changes)
        else:
            super().do_GET()

    def send_head(self) -> BytesIO | BinaryIO | None:
        if not self.changes:
            return super().send_head()
        if self.path == SCRIPT:
            return self._send(_RELOAD.encode(), "text/javascript")
        path = Path(self.translate_path(self.path))
        if self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            return self._send(path.read_bytes().replace(b"</body>", _TAG), "text/html; charset=utf-8")
        return super().send_head()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is overridden
        pass

    def _send(self, raw: bytes, kind: str) -> BytesIO:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        return BytesIO(raw)

    def _listen(self, changes: Changes) -> None:
        known = changes.number
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with suppress(OSError):  # the browser has gone
            while not changes.over:
                if changes.wait(known):
                    known = changes.number
                    self.wfile.write(b"data: changed\n\n")
                else:
                    self.wfile.write(b": still here\n\n")
                self.wfile.flush()


def server(folder: Path, port: int, changes: Changes | None = None) -> ThreadingHTTPServer:
    """A server of the files below `folder`, for this machine alone; port 0 takes a free one.

    With `changes`, a page that is shown loads itself again when the site has changed.
    """
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, changes=changes, directory=str(folder)))
    except OSError:
        raise CannotGoOn(Text(N_("Port {port} is in use; choose another with --port."), port=port)) from None


def address(serving: ThreadingHTTPServer) -> str:
    """Where a browser finds it."""
    return f"http://127.0.0.1:{serving.server_address[1]}/"
