"""What only the whole repository knows of a case: cases that it names, cases with its problem, what speaks against its
grade, legal holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from caseledger.clusters import Cluster
from caseledger.disposal import Certificate
from caseledger.hold import Hold
from caseledger.occurrence import Key
from caseledger.problem import Problem
from caseledger.site import paging
from caseledger.site.rows import Row, page_of

GROUPS = 10
"""Groups on a page."""
MOST_NAMED = 8
"""Other cases of a group that a case's page names, the newest."""


class Neighbour(NamedTuple):
    """Another case, as a case's page names it."""

    id: str
    state: str
    summary: str

    @property
    def url(self) -> str:
        """Where its page is, from the top of a language's pages."""
        return page_of(self.id)


class Group(NamedTuple):
    """A cluster that a case is in: what its cases share, how many there are, where they are listed.

    `others` are some of its other cases, newest first.
    """

    problem: tuple[str, str]
    keys: tuple[Key, ...]
    size: int
    url: str
    others: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Cases that a case names or is named by, oldest first; groups that it is in; warnings about its grade; holds.

    `gone` are cases that it names and that were disposed of, each with the number of the certificate.
    """

    related: Sequence[Neighbour] = ()
    groups: Sequence[Group] = ()
    problems: tuple[Problem, ...] = ()
    holds: tuple[Hold, ...] = ()
    gone: tuple[tuple[str, str], ...] = ()


Known = Mapping[str, Surroundings]


def surroundings(
    rows: Iterable[Row],
    clusters: Iterable[Cluster],
    problems: Iterable[Problem],
    holds: Mapping[str, tuple[Hold, ...]],
    disposed: Mapping[str, Certificate],
) -> Known:
    """The surroundings of each case that has any, by its id; `holds` are those that stand."""
    by_id = {row.id: row for row in rows}
    neighbours = {row.id: Neighbour(row.id, row.state, row.summary) for row in by_id.values()}
    near, groups = related(by_id), _groups(neighbours, clusters)
    graded: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        graded[PurePath(problem.path).stem].append(problem)
    gone = {row.id: tuple((one, disposed[one].id) for one in row.related if one in disposed) for row in by_id.values()}
    found = {
        case_id: Surroundings(
            tuple(neighbours[other] for other in near.get(case_id, ())),
            groups.get(case_id, ()),
            tuple(graded.get(case_id, ())),
            holds.get(case_id, ()),
            gone[case_id],
        )
        for case_id in by_id
    }
    return {case_id: one for case_id, one in found.items() if one != Surroundings()}


def related(by_id: Mapping[str, Row]) -> dict[str, list[str]]:
    """The cases that each case names or is named by, oldest first."""
    near = defaultdict(set)
    for row in by_id.values():
        for other in row.related:
            if other in by_id and other != row.id:
                near[row.id].add(other)
                near[other].add(row.id)
    return {case_id: sorted(others) for case_id, others in near.items()}


def anchor(number: int) -> str:
    """What the group of that number is called on the pages of groups."""
    return f"group-{number}"


def group_url(number: int) -> str:
    """Where the group of that number is listed, from the top of a language's pages."""
    page = paging.numbered_path("clusters", number // GROUPS + 1).replace(".md", ".html")
    return f"{page}#{anchor(number)}"


def _groups(neighbours: Mapping[str, Neighbour], clusters: Iterable[Cluster]) -> dict[str, list[Group]]:
    found = defaultdict(list)
    for number, cluster in enumerate(clusters):
        members = [neighbours[one.case] for one in reversed(cluster.cases)]
        newest, url = members[: MOST_NAMED + 1], group_url(number)
        for case in members:
            others = tuple([other for other in newest if other is not case][:MOST_NAMED])
            found[case.id].append(Group(cluster.problem, cluster.keys, len(members), url, others))
    return found
