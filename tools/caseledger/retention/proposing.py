"""Proposes a disposal: a file that names the cases and what was sealed of them; by itself it removes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from caseledger import disposal, files, instant, recording, seals, wallclock, yamltext
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text
from caseledger.people import Person
from caseledger.retention import due, permits
from caseledger.retention.due import Expired
from caseledger.retention.onrecord import on_record
from caseledger.rulebook import Rulebook
from caseledger.seals import Archive

HEAD = "# yaml-language-server: $schema=../../../schema/{kind}.schema.json\n# Written by caseledger retention alone.\n"


@dataclass(frozen=True)
class Plan:
    """The cases that may go, and those that were named and may not."""

    free: Sequence[Expired]
    refused: Sequence[Expired]


def plan(rulebook: Rulebook, archive: Archive, now: datetime, cases: Sequence[str] = ()) -> Plan:
    """Of the cases that are named, or of all that are sealed and in no open proposal, which may go at `now`."""
    refuse_wrong(archive)
    if not cases:
        pending = due.proposed(archive)
        found = due.expired(rulebook, archive, now)
        return Plan([one for one in found if one.free and one.seal.case not in pending], ())
    looked = [_named(rulebook, archive, case, now) for case in dict.fromkeys(cases)]
    return Plan([one for one in looked if one.free], [one for one in looked if not one.free])


def propose(
    rulebook: Rulebook, who: Person, role: str, found: Sequence[Expired], now: datetime, reason: str | None
) -> str:
    """Write the proposal; its number."""
    number = f"D-{now:%Y%m%d}-{recording.at_random(5)}"
    data = {
        "schema": 1,
        "id": number,
        "proposed": {"at": instant.show(now), "by": who.id, "as": role},
        **({"reason": reason} if reason else {}),
        "cases": disposal.written(tuple(disposal.item(one.seal) for one in found)),
    }
    path = disposal.path_of(disposal.PROPOSALS, number)
    with seals.locked(rulebook.root):
        files.create(rulebook.root / path, (HEAD.format(kind="disposal") + yamltext.write(data)).encode())
    return number


def refuse_unfit(rulebook: Rulebook, who: Person, role: str, now: datetime, today: date | None) -> None:
    """CannotGoOn where somebody may not propose, or by this clock."""
    permits.refuse_unfit(rulebook, permits.PROPOSE, who, role, now)
    clone = Clone(rulebook.root)
    wallclock.refuse_before_commits(clone, now)
    with on_record(rulebook) as record:
        wallclock.refuse_unwitnessed(clone, record.commit, now, today)


def refuse_wrong(archive: Archive) -> None:
    """Refused where files of the archive are wrong."""
    if archive.problems:
        raise Refused(Text(N_("The archive files are wrong; nothing is disposed of.")), archive.problems)


def _named(rulebook: Rulebook, archive: Archive, name: str, now: datetime) -> Expired:
    case = files.case_path(rulebook.root, name).stem
    seal = archive.newest(case)
    if certificate := archive.disposals.by_case.get(case):
        raise CannotGoOn(Text(N_("{case} was disposed of under {id}."), case=case, id=certificate.id))
    if seal is None:
        raise CannotGoOn(Text(N_("{case} is not archived, and only what is archived is disposed of."), case=case))
    return due.look(rulebook, archive, seal, now)
