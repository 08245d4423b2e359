"""Serves a built site to the browsers of this machine."""

from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is overridden
        pass


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of the files below `folder`, for this machine alone; port 0 takes a free one."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(folder)))
    except OSError:
        raise CannotGoOn(Text(N_("Port {port} is in use; choose another with --port."), port=port)) from None


def address(serving: ThreadingHTTPServer) -> str:
    """Where a browser finds it."""
    return f"http://127.0.0.1:{serving.server_address[1]}/"


def serve(folder: Path, port: int) -> None:
    """Serve until interrupted; the address is printed first."""
    with server(folder, port) as serving, suppress(KeyboardInterrupt):
        print(address(serving), flush=True)
        serving.serve_forever()
