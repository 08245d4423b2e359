"""One archive run: seals, commits, and where asked pushes; who was faster elsewhere keeps their numbers.

A run that was interrupted is finished by the next: what it wrote is committed, what it committed is pushed, or drawn
anew where the server has other numbers by then.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from caseledger import files, seal, seals, wallclock
from caseledger.archive import sealing, writing
from caseledger.archive.sealing import LeftOut
from caseledger.clone import Clone, failed
from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text
from caseledger.outgoing import pushing
from caseledger.outgoing.pushing import Upstream
from caseledger.rulebook import Rulebook
from caseledger.seal import Seal

ATTEMPTS = 30


@dataclass(frozen=True)
class Report:
    """What one run came to: the new entries, what was left out, the commits made, and where they were pushed."""

    sealed: Sequence[Seal]
    left_out: Sequence[LeftOut]
    commits: Sequence[str]
    pushed: str | None


class Run:
    """An archive run in a clone; one at a time, others wait."""

    def __init__(self, rulebook: Rulebook, now: datetime) -> None:
        self.rulebook = rulebook
        self.now = now
        self.clone = Clone(rulebook.root)
        self.commits: list[str] = []

    def seal(self, *, push: bool) -> Report:
        """Seal what is due; CannotGoOn where this is not the branch that is true, or the clock is wrong."""
        with seals.locked(self.rulebook.root):
            self._refuse_unfit()
            self._commit()
            return self._pushed() if push else self._sealed(None)

    def look(self) -> sealing.Plan:
        """What would be sealed."""
        return sealing.plan(self.rulebook, self._archive(), self.now)

    def _refuse_unfit(self) -> None:
        true = self.rulebook.settings.get("forge", {}).get("branch", "main")
        branch = self.clone.run("symbolic-ref", "--short", "HEAD").stdout.strip()
        if branch != true:
            message = N_("Cases are archived on the branch {true} only; this is {branch}.")
            raise CannotGoOn(Text(message, true=true, branch=branch or "HEAD"))
        if name := self.clone.under_way():
            raise CannotGoOn(
                Text(N_("A {name} is not finished in this clone. Finish it, or git {name} --abort."), name=name)
            )
        if not self.clone.commit("HEAD"):
            raise CannotGoOn(Text(N_("Nothing is committed here yet, and only what is committed is archived.")))
        wallclock.refuse_before_commits(self.clone, self.now)

    def _archive(self) -> seals.Archive:
        archive = seals.read(self.rulebook.root)
        if archive.problems:
            raise Refused(Text(N_("The archive files are wrong; nothing is archived.")), archive.problems)
        return archive

    def _sealed(self, pushed: str | None) -> Report:
        plan = sealing.plan(self.rulebook, self._archive(), self.now)
        year = int(plan.entries[0]["at"][:4]) if plan.entries else 0
        entries = writing.add(self.rulebook.root, year, plan.entries) if plan.entries else ()
        self._commit()
        return Report(entries, plan.left_out, tuple(self.commits), pushed)

    def _commit(self) -> None:
        """Commit the entries that HEAD does not have, this run's or those of one that was interrupted."""
        folder = self.rulebook.root / seal.FOLDER
        found = sorted(folder.glob("[12][0-9][0-9][0-9].yml")) if folder.is_dir() else []
        for path in found:
            named, raw = self.clone.path(path), path.read_bytes()
            held = self.clone.run("cat-file", "-e", f"HEAD:{named}").returncode == 0
            old = self.clone.blob(f"HEAD:{named}") if held else b""
            if raw == old:
                continue
            entries, problems = seals.parsed(raw, files.shown(path, self.rulebook.root))
            if problems or not raw.startswith(old):
                message = N_("{path} has changes that are no new entries. Undo them first: git restore {path}")
                raise CannotGoOn(Text(message, path=named))
            known = len(seals.parsed(old, named)[0]) if old else 0
            subject = _subject(entries[known:])
            self.clone.ask("add", "--", named)
            self.clone.ask("commit", "--quiet", "--only", "--file=-", "--", named, given=subject)
            self.commits.append(subject)

    # pushing

    def _pushed(self) -> Report:
        upstream = pushing.upstream_of(self.clone)
        for attempt in range(ATTEMPTS):
            begun = time.monotonic()
            tip = pushing.fetched(self.clone, upstream)
            if tip:
                self._bring_up_to(tip)
            report = self._sealed(upstream.remote)
            head = self.clone.ask("rev-parse", "HEAD")
            if head == tip or self._taken(upstream, head):
                return report
            pushing.wait(attempt, time.monotonic() - begun)
        raise CannotGoOn(Text(N_("Others were faster {count} times. Try again later."), count=ATTEMPTS))

    def _taken(self, upstream: Upstream, head: str) -> bool:
        return pushing.accepted(self.clone, upstream, head)

    def _bring_up_to(self, tip: str) -> None:
        """Put the clone where the server is; archive entries that the server has not are drawn anew."""
        if self.clone.holds("merge-base", "--is-ancestor", "HEAD", tip):
            self._move(tip)
        elif self._only_archived(tip):
            if not self.clone.holds("merge-base", "--is-ancestor", tip, "HEAD"):
                self.commits.clear()
                self._move(tip)
        else:
            message = N_("Entries are committed here that are not pushed. Push them first: caseledger append --push")
            raise CannotGoOn(Text(message))

    def _only_archived(self, tip: str) -> bool:
        """Whether the commits that the server has not are those of archive runs."""
        base = self.clone.ask("merge-base", tip, "HEAD")
        changed = self.clone.ask("diff", "--name-only", "-z", base, "HEAD").split("\0")
        prefix = f"{self.clone.within.as_posix()}/".removeprefix("./")
        return all(seal.FILE.fullmatch(path.removeprefix(prefix)) for path in changed if path)

    def _move(self, tip: str) -> None:
        ran = self.clone.run("reset", "--quiet", "--keep", tip)
        if ran.returncode:
            raise failed(ran, "reset")


def _subject(entries: Sequence[Seal]) -> str:
    """The subject of the commit that brings entries."""
    if len(entries) == 1:
        return f"Archive {entries[0].case} as {entries[0].number}\n"
    return f"Archive {len(entries)} cases: {entries[0].number} to {entries[-1].number}\n"
