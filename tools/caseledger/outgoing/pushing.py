"""Pushes what is committed here, again and again while others are faster, and brings the clone up to date."""

import random
import re
import time
from dataclasses import dataclass

from caseledger.clone import Clone, failed
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.outgoing.carrying import Aside, Carrier
from caseledger.rulebook import Rulebook

ATTEMPTS = 60
LONGEST = 5.0
"""Seconds that are waited at most before another attempt; at first about as long as an attempt took."""
ASIDE = "refs/caseledger/aside"
"""Where commits are kept that could not be pushed."""
_FASTER = re.compile(r"\[rejected\]|cannot lock ref|failed to update ref|incorrect old value|reference already exists")
_ENGLISH = {"LC_ALL": "C", "LANGUAGE": "C"}
"""So that what Git says can be understood here."""
_WHY = re.compile(r"^!.*(\[.*)", re.MULTILINE)


@dataclass(frozen=True)
class Pushed:
    """What came of a push: the subjects that the others now have, what was set aside, why the clone stayed behind."""

    remote: str
    subjects: tuple[str, ...]
    aside: tuple[Aside, ...]
    behind: Text | None


@dataclass(frozen=True)
class Upstream:
    """The branch of a remote that a branch follows."""

    branch: str
    remote: str
    ref: str


def push(clone: Clone, rulebook: Rulebook) -> Pushed:
    """Push the commits of the branch at hand; CannotGoOn, and all of them stay where they are, if it cannot be done."""
    upstream = upstream_of(clone)
    for attempt in range(ATTEMPTS):
        begun = time.monotonic()
        tip = fetched(clone, upstream)
        head = clone.ask("rev-parse", "HEAD")
        carried = Carrier(clone, rulebook).carry(head, tip)
        if carried.head == tip or accepted(clone, upstream, carried.head):
            for aside in carried.aside:
                clone.ask("update-ref", kept_as(aside), aside.commit)
            return Pushed(upstream.remote, carried.subjects, carried.aside, moved(clone, carried.head))
        wait(attempt, time.monotonic() - begun)
    message = N_("Others were faster {count} times; the entry is committed here. Try again: caseledger append --push")
    raise CannotGoOn(Text(message, count=ATTEMPTS))


def wait(attempt: int, took: float) -> None:
    """Wait before another attempt, at random so that not all try at once; the last one `took` so many seconds."""
    time.sleep(random.uniform(0, min(LONGEST, took * 1.5**attempt)))  # noqa: S311 - no secret


def catch_up(clone: Clone, rulebook: Rulebook) -> None:
    """Bring a clone that has nothing to push up to date, so that an entry meets the newest ones; if it can be."""
    try:
        tip = fetched(clone, upstream_of(clone))
        head = clone.commit("HEAD")
        if tip and head and tip != head and clone.holds("merge-base", "--is-ancestor", head, tip):
            moved(clone, tip)
    except CannotGoOn:
        return  # the push that follows says what is wrong


def kept_as(aside: Aside) -> str:
    """The ref that keeps a commit that was set aside."""
    return f"{ASIDE}/{aside.commit[:12]}"


def upstream_of(clone: Clone) -> Upstream:
    branch = clone.run("symbolic-ref", "--short", "HEAD").stdout.strip()
    if not branch:
        raise CannotGoOn(Text(N_("No branch is checked out here; git switch main, or whichever it is.")))
    remote, ref = (clone.run("config", "--get", f"branch.{branch}.{key}").stdout.strip() for key in ("remote", "merge"))
    if not remote or not ref:
        message = N_("The branch {branch} follows none of a server. Push it once: git push -u origin {branch}")
        raise CannotGoOn(Text(message, branch=branch))
    return Upstream(branch, remote, ref)


def fetched(clone: Clone, upstream: Upstream) -> str | None:
    """The commit that the server's branch is at, None if it has no such branch yet."""
    ran = clone.run("fetch", "--quiet", "--no-tags", "--", upstream.remote, upstream.ref, **_ENGLISH)
    if ran.returncode == 0:
        return clone.ask("rev-parse", "FETCH_HEAD")
    if "couldn't find remote ref" in ran.stderr:
        return None
    raise _unreached(failed(ran, "fetch"))


def accepted(clone: Clone, upstream: Upstream, head: str) -> bool:
    """Whether the server took the commit; False where others were faster."""
    ran = clone.run("push", "--porcelain", "--", upstream.remote, f"{head}:{upstream.ref}", **_ENGLISH)
    if ran.returncode == 0:
        return True
    if any(line.startswith("!") and _FASTER.search(line) for line in ran.stdout.splitlines()):
        return False
    why = _WHY.findall(ran.stdout)
    said = "\n".join([ran.stderr.strip(), *why])
    raise _unreached(CannotGoOn(Text(N_("git {command} failed: {said}"), command="push", said=said)))


def _unreached(reason: CannotGoOn) -> CannotGoOn:
    message = N_("{reason}\nWhat is committed here is kept; once that is settled: caseledger append --push")
    return CannotGoOn(Text(message, reason=reason.text))


def moved(clone: Clone, head: str) -> Text | None:
    """Bring branch, index and work tree to a commit; why that cannot be, where files have changes of their own."""
    if clone.commit("HEAD") == head:
        return None
    ran = clone.run("reset", "--quiet", "--keep", head)
    return failed(ran, "reset").text if ran.returncode else None
