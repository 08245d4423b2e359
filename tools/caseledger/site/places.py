"""Where the gradings stand that are below the advice: kept, so that no file is read again only to say on which line."""

from collections.abc import Callable, Mapping

from caseledger.cache import Cache, Kept
from caseledger.problem import Place

KIND = "place"


class Places:
    """Places in files, of which `digests` are those of the bytes by path; `find` looks where none is kept."""

    def __init__(self, cache: Cache, digests: Mapping[str, bytes], find: Callable[[str, int], Place]) -> None:
        self.cache, self.digests, self.find = cache, digests, find
        self.known = dict(cache.each(KIND))
        self.asked: dict[str, Kept] = {}

    def place(self, path: str, event: int) -> Place:
        """Where the grade of an event stands in its file."""
        stamp, kept = self.digests[path] + event.to_bytes(4), self.known.get(path)
        if kept is None or kept.stamp != stamp:
            found = self.find(path, event)
            kept = Kept(stamp, f"{found.line} {found.column}".encode())
        self.asked[path] = kept
        return Place(*map(int, kept.value.split()))

    def keep(self) -> None:
        """Keep what was asked for, and nothing else."""
        new = {path: kept for path, kept in self.asked.items() if self.known.get(path) != kept}
        gone = self.known.keys() - self.asked.keys()
        if new or gone:
            self.cache.put(KIND, new, gone)
