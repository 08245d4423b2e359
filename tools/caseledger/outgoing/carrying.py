"""Carries commits onto what others have pushed, as a rebase does, but by meaning and without touching the work tree.

Where an entry belongs between entries that others have pushed, one line of commits cannot keep both the order of time
and that of the pushes; then what is pushed is a merge of both lines.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from caseledger import casefile, files, instant, merging, yamltext
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text
from caseledger.problem import Problem
from caseledger.rulebook import Rulebook

_NONE = ("000000", "0" * 40)
_REGULAR = ("100644", "100755")


@dataclass(frozen=True)
class Aside:
    """A commit that cannot be carried: its subject, and why."""

    commit: str
    subject: str
    reason: Text
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Carried:
    """A commit that holds what others have pushed and what is to be pushed: its subjects, and what was set aside."""

    head: str
    subjects: tuple[str, ...]
    aside: tuple[Aside, ...]


@dataclass(frozen=True)
class _Change:
    """One file of a commit: mode and blob before and after."""

    path: str
    before: tuple[str, str]
    after: tuple[str, str]


class Carrier:
    """Carries commits of a clone."""

    def __init__(self, clone: Clone, rulebook: Rulebook) -> None:
        self._clone = clone
        self._examine = partial(casefile.examine, rulebook, instant.now())
        self._left_out: dict[str, list[Any]] = {}
        self._signed = ["-S"] if clone.run("config", "--type=bool", "commit.gpgsign").stdout == "true\n" else []

    def carry(self, head: str, tip: str | None) -> Carried:
        """The commits of `head` brought onto `tip`, which others have pushed; None where nobody has."""
        if tip is None or self._contains(head, tip):
            return Carried(head, self._subjects(head, tip), ())
        if self._contains(tip, head):
            return Carried(tip, (), ())
        base = self._clone.run("merge-base", tip, head).stdout.strip()
        if not base:
            raise CannotGoOn(Text(N_("This clone and what others have pushed have no common history.")))
        commits = self._clone.ask("rev-list", "--reverse", "--topo-order", head, "--not", tip).split()
        if self._clone.ask("rev-list", "--min-parents=2", head, "--not", tip):
            return Carried(self._join(tip, base, head), self._subjects(head, tip), ())
        return self._replay(commits, base, head, tip)

    def _replay(self, commits: Sequence[str], base: str, head: str, tip: str) -> Carried:
        now, kept, aside, between = tip, [], [], False
        self._left_out.clear()
        for commit in commits:
            try:
                tree, is_between = self._applied(base, now, f"{commit}^", commit)
            except CannotGoOn as reason:
                if not self._is_of_one_case(commit):
                    raise
                self._leave_out(commit)
                problems = reason.problems if isinstance(reason, Refused) else ()
                aside.append(Aside(commit, self._subject(commit), reason.text, problems))
                continue
            between = between or is_between
            if tree != self._tree(now):
                now = self._again(commit, tree, now)
                kept.append(commit)
        if between:
            side = head
            if aside:
                side = base
                for commit in kept:
                    side = self._again(commit, self._applied(base, side, f"{commit}^", commit)[0], side)
            now = self._join(tip, base, side)
        return Carried(now, tuple(map(self._subject, kept)), tuple(aside))

    def _join(self, tip: str, base: str, side: str) -> str:
        """A merge of both lines."""
        tree, _ = self._applied(base, tip, base, side)
        subjects = "\n".join(self._subjects(side, tip))
        words = ("commit-tree", *self._signed, "-p", tip, "-p", side, "-F", "-", tree)
        return self._clone.ask(*words, given=f"Merge entries recorded at the same time\n\n{subjects}\n")

    def _again(self, commit: str, tree: str, parent: str) -> str:
        """The commit once more, with another tree on another parent."""
        form = "--format=%an%n%ae%n%ad%n%B"
        name, email, when, *message = self._clone.ask("log", "-1", form, "--date=raw", commit).split("\n")
        author = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_AUTHOR_DATE": f"@{when}"}
        words = ("commit-tree", *self._signed, "-p", parent, "-F", "-", tree)
        return self._clone.ask(*words, given="\n".join(message), **author)

    def _applied(self, base: str, onto: str, before: str, after: str) -> tuple[str, bool]:
        """The tree of `onto` with what changed from `before` to `after`; whether an entry came between others.

        Both come from `base`.
        """
        changes = list(self._changes(before, after))
        paths = [change.path for change in changes]
        there, once = self._files(onto, paths), self._files(base, paths)
        lines, between = [], False
        for change in changes:
            now = there.get(change.path, _NONE)
            mode, blob = change.after
            if now not in (change.before, change.after):
                merged, is_between = self._merged(change, once.get(change.path, _NONE), now)
                mode, blob, between = now[0], merged, between or is_between
            lines.append(f"{mode} {blob}\t{change.path}\0")
        with tempfile.TemporaryDirectory(dir=self._clone.git_folder) as folder:
            index = str(Path(folder) / "index")
            self._clone.ask("read-tree", onto, GIT_INDEX_FILE=index)
            self._clone.ask("update-index", "-z", "--index-info", given="".join(lines), GIT_INDEX_FILE=index)
            return self._clone.ask("write-tree", GIT_INDEX_FILE=index), between

    def _merged(self, change: _Change, once: tuple[str, str], now: tuple[str, str]) -> tuple[str, bool]:
        """The blob of a case that others have changed, too, and whether an entry came between theirs."""
        if not self._is_case(change.path) or not {now[0], change.after[0]} <= set(_REGULAR):
            message = N_("{path} was changed here and by others. Bring both together with git pull, then push again.")
            raise CannotGoOn(Text(message, path=change.path))
        mode, blob = once
        base = yamltext.read(self._clone.blob(blob), change.path) if mode in _REGULAR else None
        ours, theirs = (yamltext.read(self._clone.blob(blob), change.path) for _, blob in (now, change.after))
        theirs = merging.without(theirs, self._left_out.get(change.path, ()))
        merged = merging.merge(base, ours, theirs, self._examine, merging.refuse)
        count = len(ours.data["events"])
        return self._clone.store(merged.raw), merged.data["events"][:count] != ours.data["events"]

    def _changes(self, before: str, after: str) -> Iterator[_Change]:
        listed = self._clone.ask("diff-tree", "-r", "-z", "--no-renames", before, after).split("\0")
        for head, path in zip(listed[::2], listed[1::2], strict=False):
            mode, new_mode, blob, new_blob, _ = head.removeprefix(":").split()
            yield _Change(path, (mode, blob), (new_mode, new_blob))

    def _files(self, commit: str, paths: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Mode and blob of those of the paths that there are at a commit."""
        found = {}
        for entry in filter(None, self._clone.ask("ls-tree", "-z", commit, "--", *paths).split("\0") if paths else ()):
            head, _, path = entry.partition("\t")
            mode, _, blob = head.split()
            found[path] = (mode, blob)
        return found

    def _is_case(self, path: str) -> bool:
        place = Path(path)
        return place.is_relative_to(self._clone.within / "cases") and bool(
            place.suffix == ".yml" and files.CASE_NAME.fullmatch(place.stem)
        )

    def _leave_out(self, commit: str) -> None:
        """Remember that the entries of a commit are not in what the next ones are carried onto."""
        for change in self._changes(f"{commit}^", commit):
            if not self._is_case(change.path):
                continue
            before, after = (
                yamltext.read(self._clone.blob(blob), change.path).data["events"] if mode in _REGULAR else []
                for mode, blob in (change.before, change.after)
            )
            self._left_out.setdefault(change.path, []).extend(event for event in after if event not in before)

    def _is_of_one_case(self, commit: str) -> bool:
        """Whether a commit changes one case and, at most, files in its folder."""
        paths = [change.path for change in self._changes(f"{commit}^", commit)]
        cases = [path for path in paths if self._is_case(path)]
        return len(cases) == 1 and all(path.startswith(cases[0].removesuffix(".yml")) for path in paths)

    def _contains(self, commit: str, other: str) -> bool:
        return self._clone.holds("merge-base", "--is-ancestor", other, commit)

    def _tree(self, commit: str) -> str:
        return self._clone.ask("rev-parse", f"{commit}^{{tree}}")

    def _subject(self, commit: str) -> str:
        return self._clone.ask("log", "-1", "--format=%s", commit)

    def _subjects(self, head: str, tip: str | None) -> tuple[str, ...]:
        """The subjects of what `head` has and `tip` has not, without merges."""
        beyond = ("--not", tip) if tip else ()
        listed = self._clone.ask("log", "--reverse", "--no-merges", "--format=%s", head, *beyond)
        return tuple(filter(None, listed.split("\n")))
