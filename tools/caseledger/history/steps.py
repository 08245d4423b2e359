"""The commits of a span and what each of them changes, path by path: what stood there before, after, and in the end."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from caseledger.history import changes, commits
from caseledger.history.changes import Blob, Change
from caseledger.history.commits import Commit
from caseledger.history.repository import Repository
from caseledger.history.span import Span


class Steps:
    """What the commits of a span change; each thing is asked of Git when it is first wanted."""

    def __init__(self, repository: Repository, span: Span) -> None:
        self.repository = repository
        self.span = span

    @cached_property
    def commits(self) -> Sequence[Commit]:
        """The commits of the range, oldest first."""
        return commits.commits(self.repository, self.span.base, self.span.head)

    @cached_property
    def by_commit(self) -> Mapping[str, Sequence[Mapping[str, Change]]]:
        """For each commit (by id) what it changes, by path, against each of its parents in turn."""
        known = {commit.id: commit.tree for commit in self.commits}
        outside = {parent for commit in self.commits for parent in commit.parents} - known.keys()
        known |= {commit.id: commit.tree for commit in commits.read(self.repository, sorted(outside))}
        empty = self.repository.empty_tree
        pairs = [
            (known[parent] if parent else empty, commit.tree)
            for commit in self.commits
            for parent in commit.parents or ("",)
        ]
        found = changes.compared(self.repository, pairs)
        return {
            commit.id: [{change.path: change for change in next(found)} for _ in commit.parents or ("",)]
            for commit in self.commits
        }

    @cached_property
    def whole(self) -> Mapping[str, Change]:
        """What the head changes against the (first) merge base, by path: the sum of all commits."""
        first = next(iter(self.span.merge_bases), None)
        return {change.path: change for change in changes.changes(self.repository, first, self.span.head)}

    def own(self, commit: Commit) -> Iterator[tuple[str, Blob | None]]:
        """What a commit itself makes: paths that are as in none of its parents, and what stands there now."""
        first, *others = self.by_commit[commit.id]
        for path, change in first.items():
            if all(path in other for other in others):
                yield path, change.after

    def at_head(self, path: str) -> Blob | None:
        """What stands at a path that the range touched, as the head has it."""
        return self._at_head.get(path)

    def on_bases(self, path: str) -> Sequence[Blob | None]:
        """What stands at a path that the range touched on each merge base, () where there is no base."""
        return self._on_bases.get(path, ())

    @cached_property
    def _touched(self) -> set[str]:
        return {path for steps in self.by_commit.values() for step in steps for path in step}

    @cached_property
    def _at_head(self) -> Mapping[str, Blob | None]:
        found = {path: change.after for path, change in self.whole.items()}
        rest = sorted(self._touched - found.keys())  # changed on the way and back again
        return {**found, **changes.files(self.repository, self.span.head, rest)} if rest else found

    @cached_property
    def _on_bases(self) -> Mapping[str, Sequence[Blob | None]]:
        """What stands at each touched path on each merge base."""
        found = defaultdict(list)
        for base in self.span.merge_bases:
            differing = {c.path: c for c in changes.changes(self.repository, base, self.span.head)}
            for path in self._touched:
                found[path].append(differing[path].before if path in differing else self.at_head(path))
        return found
