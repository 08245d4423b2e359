"""Runs that keep a forge's issues in step: one at a time, interrupted, overlapping, on a forge that fails."""

import os
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import requests

from caseledger import instant
from caseledger.errors import CannotGoOn
from caseledger.flagging import marker
from caseledger.flagging.flag import Flag
from caseledger.flagging.gitea import Gitea
from caseledger.flagging.github import GitHub
from caseledger.flagging.gitlab import GitLab
from caseledger.flagging.plan import DUPLICATE, Department, Desk
from caseledger.flagging.rest import Rest
from caseledger.flagging.run import Outcome, run
from caseledger.flagging.tracker import Tracker
from tests.forges import JSON, Fault, Forge, Request, served

KINDS = ("github", "gitlab", "gitea")
NOW = instant.parse("2026-11-22T12:00:00+08:00")
DESK = Desk(
    "overdue",
    {
        "customer-service": Department(("lin",), ("客服",)),
        "quality-inspection": Department(("zhou", "nobody"), ("质检",)),
        "finance": Department((), ("财务",)),
    },
)
RUNS = int(os.environ.get("CASELEDGER_FLAG_RUNS", "50"))
SEEDS = range(int(os.environ.get("CASELEDGER_FLAG_SEEDS", "1")))


@dataclass(frozen=True)
class Clock:
    """A deadline that is broken at one time and, perhaps, stopped at a later one; both in hours after NOW."""

    name: str
    owner: str
    broken: int
    stopped: int


World = dict[str, list[Clock]]


def world(chance: random.Random, cases: int = 8) -> World:
    """Cases with up to three deadlines each."""
    owners = list(DESK.departments)
    made = {}
    for number in range(cases):
        clocks = []
        for name in ("response", "investigation", "filing")[: chance.randint(1, 3)]:
            broken = chance.randint(-2, 3)
            clocks.append(Clock(name, chance.choice(owners), broken, broken + chance.randint(1, 6)))
        made[f"C-20261101-0000{number}"] = clocks
    return made


def flag(subject: str, clocks: list[Clock], hour: int) -> Flag:
    """What is to be said at an hour."""
    late = [clock for clock in clocks if clock.stopped <= hour]
    open_ = [clock for clock in clocks if clock.broken <= hour < clock.stopped]
    keys = [f"{subject}/1/{clock.name}/{'overdue' if clock in open_ else 'late'}" for clock in [*open_, *late]]
    return Flag(
        subject,
        f"Overdue: {subject}",
        "\n".join(["| a |", *keys]),
        tuple(keys),
        frozenset(key for key in keys if key.endswith("overdue")),
        tuple(dict.fromkeys(clock.owner for clock in open_)),
    )


class Killed(BaseException):
    """The CI has cancelled the run."""


@dataclass
class Mortal(requests.Session):
    """A session that ends its run at one of its requests, before it is sent or after it was answered."""

    at: int = 0
    after: bool = False
    sent: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def request(self, *words: Any, **more: Any) -> requests.Response:
        self.sent += 1
        if self.sent == self.at and not self.after:
            raise Killed
        answer = super().request(*words, **more)
        if self.sent == self.at:
            answer.close()
            raise Killed
        return answer


def tracker(forge: Forge, session: requests.Session, name: str = "run", waits: list[float] | None = None) -> Tracker:
    chance = random.Random(name)
    rest = Rest(
        forge.url + forge.home,
        name,
        session=session,
        sleep=(waits if waits is not None else []).append,
        chance=chance.random,
    )
    match forge.kind:
        case "github":
            return GitHub(rest, ("north", "complaints"))
        case "gitea":
            return Gitea(rest, ("north", "complaints"))
    return GitLab(rest, "north/complaints")


def go(forge: Forge, cases: World, hour: int = 0, *, most: int = 100, name: str = "run", **mortal: Any) -> Outcome:
    """One run, as of an hour after NOW."""
    now = NOW + timedelta(hours=hour)
    flags = {subject: flag(subject, clocks, hour) for subject, clocks in cases.items()}
    overdue = {subject: one for subject, one in flags.items() if one.overdue}
    with Mortal(**mortal) as session:
        return run(tracker(forge, session, name), overdue, flags.get, now, DESK, most)


@pytest.fixture(params=KINDS)
def forge(request: pytest.FixtureRequest) -> Iterator[Forge]:
    with served(Forge(request.param, page=3)) as found:
        found.put("A pull request", "", pull=True)
        found.put("An issue of somebody", "Something else.", ("question",))
        yield found


CASES: World = {
    "C-20261101-00000": [Clock("response", "customer-service", -1, 2)],
    "C-20261101-00001": [Clock("response", "customer-service", -1, 1), Clock("filing", "quality-inspection", 1, 9)],
    "C-20261101-00002": [Clock("response", "finance", 5, 9)],
}


def said(body: str) -> str:
    """The text of an issue without the moment at which it was written, nor of which one a duplicate is."""
    if DUPLICATE in body:
        return DUPLICATE
    found = marker.read(body)
    return body.replace(instant.show(found.at), "") if found else body


def state(forge: Forge) -> list[JSON]:
    """What stands on the forge, but for duplicates, the numbers and the moments of writing."""
    found = []
    for issue in forge.issues:
        known = marker.read(issue["body"])
        if known and DUPLICATE not in issue["body"]:
            named = {name: sorted(issue[name]) for name in ("labels", "assignees")}
            found.append({**issue, **named, "body": said(issue["body"]), "number": 0})
    return sorted(found, key=lambda issue: str(issue["title"]))


def test_an_issue_for_each_case_is_opened_labelled_and_assigned(forge: Forge) -> None:
    outcome = go(forge, CASES)
    assert [(issue["title"], issue["labels"], issue["assignees"], issue["state"]) for issue in forge.issues[2:]] == [
        ("Overdue: C-20261101-00000", ["overdue", "客服"], ["lin"], "open"),
        ("Overdue: C-20261101-00001", ["overdue", "客服"], ["lin"], "open"),
    ]
    assert sorted(outcome.opened) == ["C-20261101-00000", "C-20261101-00001"]
    assert forge.issues[2]["body"] == (
        "<!-- caseledger flag C-20261101-00000\n"
        "at 2026-11-22T04:00:00+00:00\n"
        "for customer-service\n"
        "C-20261101-00000/1/response/overdue\n"
        "-->\n"
        "\n"
        "| a |\n"
        "C-20261101-00000/1/response/overdue\n"
        "\n"
        "<!-- end of caseledger flag -->"
    )


def test_a_second_run_writes_nothing(forge: Forge) -> None:
    go(forge, CASES)
    forge.requests.clear()
    assert go(forge, CASES) == Outcome()
    assert go(forge, CASES, 0) == Outcome()
    assert forge.writes == []


def test_issues_follow_the_clocks_and_the_departments(forge: Forge) -> None:
    go(forge, CASES)
    outcome = go(forge, CASES, 1)
    issue = forge.issues[3]
    assert list(outcome.changed) == [4]
    assert (issue["labels"], issue["assignees"], issue["state"]) == (["overdue", "质检"], ["zhou"], "open")
    assert outcome.unassigned == {"nobody"}
    assert "C-20261101-00001/1/response/late" in issue["body"]
    outcome = go(forge, CASES, 2)
    assert (list(outcome.closed), forge.issues[2]["state"]) == ([3], "closed")
    assert marker.read(forge.issues[2]["body"]) == marker.Marker(
        "C-20261101-00000", NOW + timedelta(hours=2), ("customer-service",), ("C-20261101-00000/1/response/late",)
    )
    forge.requests.clear()
    assert go(forge, CASES, 3) == Outcome()
    assert forge.writes == []


def test_what_people_write_labels_and_whom_they_assign_is_kept(forge: Forge) -> None:
    go(forge, CASES)
    issue = forge.issues[3]
    issue["body"] = "Before.\r\n\r\n" + issue["body"].replace("\n", "\r\n") + "\r\n\r\nCalled the carrier.\r\n"
    issue["labels"].append("question")
    issue["assignees"] = ["zheng"]
    forge.requests.clear()
    assert go(forge, CASES) == Outcome()
    assert forge.writes == []
    go(forge, CASES, 1)
    assert issue["body"].startswith("Before.\r\n\r\n<!-- caseledger flag")
    assert issue["body"].endswith("<!-- end of caseledger flag -->\r\n\r\nCalled the carrier.\r\n")
    assert sorted(issue["labels"]) == ["overdue", "question", "质检"]
    assert issue["assignees"] == ["zhou", "zheng"] if forge.kind == "gitlab" else ["zheng", "zhou"]


def test_a_run_that_is_late_leaves_alone_what_a_later_one_has_written(forge: Forge) -> None:
    go(forge, CASES, 2)
    before = state(forge)
    forge.requests.clear()
    go(forge, {**CASES, "C-20261101-00000": []}, 1)
    assert (state(forge), forge.writes) == (before, [])


def test_closed_by_hand_it_stays_closed_until_a_new_finding(forge: Forge) -> None:
    go(forge, CASES)
    issue = forge.issues[3]
    issue["state"] = "closed"
    forge.requests.clear()
    assert go(forge, CASES) == Outcome()
    assert forge.writes == []
    go(forge, CASES, 1)
    assert (issue["state"], len(forge.issues)) == ("open", 4)


def test_a_case_with_a_new_finding_gets_its_old_issue_back(forge: Forge) -> None:
    cases: World = {"C-20261101-00000": [Clock("a", "finance", 0, 1), Clock("b", "customer-service", 2, 3)]}
    states = []
    for hour in range(4):
        go(forge, cases, hour)
        states.append(forge.issues[2]["state"])
    assert states == ["open", "closed", "open", "closed"]
    assert len(forge.issues) == 3


def test_of_duplicates_the_oldest_open_one_stays(forge: Forge) -> None:
    go(forge, CASES)
    for _ in range(2):
        forge.put(forge.issues[2]["title"], forge.issues[2]["body"], ("overdue",))
    outcome = go(forge, CASES)
    assert [issue["state"] for issue in forge.issues[2:]] == ["open", "open", "closed", "closed"]
    assert sorted(outcome.closed) == [5, 6]
    assert forge.issues[5]["body"] == "<!-- caseledger: duplicate -->\n\n#3\n"
    forge.requests.clear()
    assert go(forge, CASES) == Outcome()
    assert forge.writes == []


def test_a_marker_that_somebody_typed_means_nothing(forge: Forge) -> None:
    forged = marker.block(flag("C-20261101-00000", CASES["C-20261101-00000"], 0), NOW)
    forge.put("Complaint", forged, ("complaint",))
    go(forge, CASES)
    assert forge.issues[2]["body"] == forged
    assert len(forge.issues) == 5


def test_an_issue_about_what_nobody_can_judge_is_left_open_and_named(forge: Forge) -> None:
    go(forge, CASES)
    outcome = go(forge, {"C-20261101-00001": CASES["C-20261101-00001"]})
    assert [issue.number for issue in outcome.unexplained] == [3]
    assert forge.issues[2]["state"] == "open"


def test_no_more_issues_are_opened_than_a_run_may(forge: Forge) -> None:
    outcome = go(forge, CASES, most=1)
    assert ([*outcome.opened], [one.subject for one in outcome.waiting]) == (["C-20261101-00000"], ["C-20261101-00001"])
    assert len(forge.issues) == 3
    assert [*go(forge, CASES, most=1).opened] == ["C-20261101-00001"]


@pytest.mark.parametrize("after", [False, True])
def test_interrupted_at_any_request_the_next_run_ends_as_one_clean_run(forge: Forge, after: bool) -> None:
    with served(Forge(forge.kind, page=3)) as clean:
        go(clean, CASES, 0)
        go(clean, CASES, 2)
        wanted = state(clean)
    total = 0
    for first in range(1, 100):
        with served(Forge(forge.kind, page=3)) as broken:
            try:
                go(broken, CASES, 0, at=first, after=after)
            except Killed:
                total += 1
            else:
                break
            for second in range(1, 100):
                try:
                    go(broken, CASES, 2, at=second, after=after)
                except Killed:
                    total += 1
                else:
                    break
            go(broken, CASES, 2)
            closed = [i for i in wanted if i["state"] == "open"]
            assert [i for i in state(broken) if i["state"] == "open"] == closed
            assert len({i["title"] for i in broken.issues}) == len(broken.issues)
    assert total > 20


@dataclass
class Turns:
    """Lets one run at a time go on to its next request, by chance, once every run that lives waits for its turn."""

    chance: random.Random
    alive: set[str]
    waiting: set[str] = field(default_factory=set)
    turn: str | None = None
    changed: threading.Condition = field(default_factory=threading.Condition)

    def wait(self, run: str) -> None:
        with self.changed:
            self.waiting.add(run)
            self._next()
            assert self.changed.wait_for(lambda: self.turn == run, timeout=60)
            self.waiting.discard(run)

    def end(self, _run: str) -> None:
        with self.changed:
            self.turn = None
            self._next()

    def leave(self, run: str) -> None:
        with self.changed:
            self.alive.discard(run)
            if self.turn == run:
                self.turn = None
            self._next()

    def _next(self) -> None:
        if self.turn is None and self.alive and self.waiting >= self.alive:
            self.turn = self.chance.choice(sorted(self.waiting & self.alive))
        self.changed.notify_all()


def misfortune(chance: random.Random) -> Fault | None:
    """What goes wrong with one request in six."""
    after = chance.random() < 0.5
    faults = [
        Fault(after=after),
        Fault(status=502, after=after),
        Fault(status=429, headers={"Retry-After": "7"}),
        Fault(status=403, headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "0"}),
        Fault(after=True, cut=True),
        Fault(status=503, headers={"Retry-After": "3"}),
    ]
    return chance.choice(faults) if chance.random() < 1 / 6 else None


def storm(forge: Forge, cases: World, seed: str, hours: int) -> None:
    """Many runs at once, each as of an hour of its own, in an order that chance decides; a third of them are killed."""
    chance = random.Random(seed)
    names = [f"run-{number}" for number in range(RUNS)]
    turns = Turns(chance, set(names))
    orders = [(name, chance.randint(0, hours), chance.randint(1, 60), chance.random() < 0.5) for name in names]
    errors: list[BaseException] = []

    def unlucky(request: Request) -> Fault | None:
        fault = misfortune(chance)
        if request.method == "POST" and chance.random() < 0.2:
            forge.hidden[len(forge.issues) + 1] = chance.randint(1, 4)
        return fault

    def one(name: str, hour: int, at: int, after: bool) -> None:
        turns.wait(name)
        turns.end(name)
        try:
            go(forge, cases, hour, name=name, at=at, after=after)
        except (Killed, CannotGoOn):
            pass
        except BaseException as error:
            errors.append(error)
            raise
        finally:
            turns.leave(name)

    forge.fault, forge.before, forge.after = unlucky, turns.wait, turns.end
    threads = [threading.Thread(target=one, args=order) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    forge.fault, forge.before, forge.after = Forge("github").fault, Forge("github").before, Forge("github").after


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("hours", [0, 4], ids=["alike", "as-the-hours-pass"])
@pytest.mark.parametrize("kind", KINDS)
def test_many_runs_at_once_end_as_one_clean_run(kind: str, hours: int, seed: int) -> None:
    chance = random.Random(seed)
    cases = world(chance)
    with served(Forge(kind, page=5)) as clean:
        go(clean, cases, hours)
        wanted = [issue for issue in state(clean) if issue["state"] == "open"]
    with served(Forge(kind, page=5)) as stormy:
        storm(stormy, cases, f"{kind} {hours} {seed}", hours)
        go(stormy, cases, hours)
        assert [issue for issue in state(stormy) if issue["state"] == "open"] == wanted
        assert hours or len(state(stormy)) == len(wanted)
        stormy.requests.clear()
        assert go(stormy, cases, hours) == Outcome()
        assert stormy.writes == []
        for past in stormy.history.values():
            steps = in_order(past)
            assert len(set(steps)) == len(steps), "what an issue has left it does not come back to"


def in_order(past: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The states of an issue, each once while it lasted, without what an older run wrote over a newer one.

    No forge lets one write on the condition that nobody else has written since one read, so a run that reads, waits,
    and writes may do that; the next one mends it.
    """
    latest, steps = NOW - timedelta(days=1), [("", "")]
    for status, body in past:
        known = marker.read(body)
        latest = max(latest, known.at) if known else latest
        if (known is None or known.at == latest) and steps[-1] != (status, said(body)):
            steps.append((status, said(body)))
    return steps
