"""Serves the site, and builds it again when a file of the repository changes."""

from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event, Thread

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from caseledger.site.rebuilding import Build, Builder
from caseledger.site.serving import Changes, address, server

FOLDERS = ("cases", "policy", "reviews", "site")
FILES = frozenset({"caseledger.yml", "mkdocs.yml"})
"""What the site is made from."""

QUIET = 0.15
"""Seconds without a change after which one is taken to be finished."""

PAUSE = 1
"""Seconds without another one after which the search index follows: an edit that comes meanwhile would wait for it."""


def serve(root: Path, folder: Path, port: int, build: Build | None) -> None:
    """Serve a built site until interrupted; the address is printed first.

    After a change it is built again; with None, changes are not watched for.
    """
    with ExitStack() as stack:
        changes = Changes() if build else None
        builder = stack.enter_context(Builder(build)) if build else None
        serving = stack.enter_context(server(folder, port, changes))
        if builder and changes:
            stack.enter_context(Watcher(root, builder, changes))
        print(address(serving), flush=True)
        with suppress(KeyboardInterrupt):
            serving.serve_forever(poll_interval=0.1)


class Watcher(FileSystemEventHandler):
    """Watches what the site is made from; after a change the pages are built at once, the search index behind them.

    Once it is left, a build under way is finished, and no other begins.
    """

    def __init__(self, root: Path, builder: Builder, changes: Changes) -> None:
        self.root, self.builder, self.changes = root, builder, changes
        self.changed, self.over = Event(), Event()
        self.observer = Observer()
        self.worker = Thread(target=self.work)

    def __enter__(self) -> None:
        self.observer.schedule(self, str(self.root))
        for name in FOLDERS:
            if (self.root / name).is_dir():
                self.observer.schedule(self, str(self.root / name), recursive=True)
        self.observer.start()
        self.worker.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.changes.end()
        self.changed.set()
        self.observer.stop()
        self.observer.join()
        self.worker.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note of a change of content."""
        path = Path(str(event.src_path)).relative_to(self.root)
        known = path.parts and (path.parts[0] in FOLDERS or str(path) in FILES)
        if known and event.event_type in ("created", "modified", "moved", "deleted"):
            self.changed.set()

    def work(self) -> None:
        """Build after each change."""
        while not self.over.is_set():
            self.changed.wait()
            while self.changed.is_set() and not self.over.is_set():
                self.changed.clear()
                self.changed.wait(QUIET)
            if not self.over.is_set() and self.builder.build(searchable=False):
                self.changes.tell()
                if not self.changed.wait(PAUSE):
                    self.builder.build(searchable=True)
