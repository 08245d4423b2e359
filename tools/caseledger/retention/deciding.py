"""Decides a disposal: the certificate first, then the cases and their evidence go from the tree.

Whatever stops it in between, the certificate says which cases are to be gone, `archive verify` names what is left of
them, and the same command goes on from there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from caseledger import disposal, files, instant, seals, wallclock, yamltext
from caseledger.clone import Clone
from caseledger.disposal import Certificate, Item, Proposal
from caseledger.errors import CannotGoOn
from caseledger.figures import past
from caseledger.findings import Judged
from caseledger.language import N_, Text
from caseledger.people import Person
from caseledger.retention import due, leaving, permits, removing
from caseledger.retention.onrecord import OnRecord, on_record
from caseledger.retention.proposing import HEAD, refuse_wrong
from caseledger.rulebook import Rulebook
from caseledger.seals import Archive


@dataclass(frozen=True)
class Decision:
    """What came of it: the certificate and the paths that were removed; or no certificate, and why not, by case."""

    certificate: Certificate | None
    removed: Sequence[str]
    objections: Mapping[str, Text]


def decided(rulebook: Rulebook, number: str) -> bool:
    """Whether there is a certificate of that disposal; what it names is only to be finished."""
    archive = seals.read(rulebook.root)
    refuse_wrong(archive)
    return number in archive.disposals.certificates


def finish(rulebook: Rulebook, number: str) -> Decision:
    """Remove what the certificate of that number names and that is still here."""
    with seals.locked(rulebook.root):
        return _finished(seals.read(rulebook.root), number)


def decide(
    rulebook: Rulebook, number: str, who: Person, role: str, now: datetime, today: date | None = None
) -> Decision:
    """Write the certificate and remove what it names; CannotGoOn where the disposal may not be decided so."""
    with seals.locked(rulebook.root), on_record(rulebook) as record:
        deciding = _Deciding(rulebook, seals.read(rulebook.root), record, now)
        refuse_wrong(deciding.archive)
        refuse_wrong(record.archive)
        if number in deciding.archive.disposals.certificates:  # somebody else was faster
            return _finished(deciding.archive, number)
        clone = Clone(rulebook.root)
        wallclock.refuse_before_commits(clone, now)
        wallclock.refuse_unwitnessed(clone, record.commit, now, today)
        proposal = deciding.proposal(number)
        deciding.refuse_unfit(proposal, who, role)
        judged, objections = deciding.judged(proposal)
        if objections:
            return Decision(None, (), objections)
        certificate = _certified(rulebook, proposal, record.archive.disposals.digests[number], judged, who, role, now)
        return Decision(certificate, removing.remove(deciding.archive, certificate), {})


def _finished(archive: Archive, number: str) -> Decision:
    refuse_wrong(archive)
    certificate = archive.disposals.certificates[number]
    return Decision(certificate, removing.remove(archive, certificate), {})


@dataclass(frozen=True)
class _Deciding:
    """What a decision looks at: the archive here and as it is on record, and the moment."""

    rulebook: Rulebook
    archive: Archive
    record: OnRecord
    now: datetime

    def proposal(self, number: str) -> Proposal:
        """The proposal, the same here and on record."""
        found = self.record.archive.disposals
        if number not in found.proposals:
            message = N_("{id} is not on record: only what was proposed by a reviewed change before can be decided.")
            raise CannotGoOn(Text(message, id=number))
        if self.archive.disposals.digests.get(number) != found.digests[number]:
            message = N_("{id} is not here as it is on record. Bring this branch up to date first.")
            raise CannotGoOn(Text(message, id=number))
        return found.proposals[number]

    def refuse_unfit(self, proposal: Proposal, who: Person, role: str) -> None:
        """CannotGoOn where somebody may not decide this, by the law that is on record."""
        law = self.record.rulebook
        known = law.people.get(who.id)
        if known is None:
            raise CannotGoOn(Text(N_("{by} is not in policy/people.yml."), by=who.id))
        permits.refuse_unfit(law, permits.DECIDE, known, role, self.now)
        if who.id == proposal.proposed.by:
            message = N_("{by} has proposed {id}; somebody else decides it.")
            raise CannotGoOn(Text(message, by=who.id, id=proposal.id))
        if self.now < proposal.proposed.at - wallclock.LEEWAY:
            message = N_("{id} was proposed later than now. Set the clock right first.")
            raise CannotGoOn(Text(message, id=proposal.id))

    def judged(self, proposal: Proposal) -> tuple[list[Judged], dict[str, Text]]:
        """The cases as they are judged, and why some may not go."""
        on_record = self.record.digests(item.path for item in proposal.items)
        judged, objections = [], {}
        for item in proposal.items:
            found, why = self._looked(item, on_record.get(item.path), proposal.proposed.at)
            if found and why is None:
                judged.append(found)
            else:
                objections[item.case] = why or Text(N_("it is not on record as it was sealed"))
        return judged, objections

    def _looked(self, item: Item, digest: str | None, proposed: datetime) -> tuple[Judged | None, Text | None]:
        """One case, and why it may not go: by what is here, by what is on record, when proposed and now."""
        seal = self.archive.newest(item.case)
        if seal is None or disposal.item(seal) != item:
            return None, Text(N_("it was not sealed as the proposal says"))
        recorded = self.record.archive.newest(item.case)
        if digest != item.sha256 or recorded is None or disposal.item(recorded) != item:
            return None, Text(N_("it is not on record as it was sealed"))
        expired = due.look(self.rulebook, self.archive, seal, self.now)
        if held := self.record.archive.holds.standing(item.case, self.rulebook.local(self.now).date()):
            return expired.judged, Text(N_("on hold under {numbers}"), numbers=", ".join(one.number for one in held))
        then = due.look(self.rulebook, self.archive, seal, proposed)
        return expired.judged, expired.objection or then.objection


def _consumers(rulebook: Rulebook, judged: Sequence[Judged]) -> list[str]:
    """The consumers of these cases whom no other case names."""
    others = leaving.named(rulebook, [one.path for one in judged])
    return sorted({one.state.case.data["consumer"]["ref"] for one in judged} - others)


def _certified(
    rulebook: Rulebook,
    proposal: Proposal,
    digest: str,
    judged: Sequence[Judged],
    who: Person,
    role: str,
    now: datetime,
) -> Certificate:
    """The certificate of a proposal, written whole or not at all."""
    data = {
        "schema": 1,
        "id": proposal.id,
        "proposal": digest,
        "proposed": dict(proposal.data["proposed"]),
        "decided": {"at": instant.show(now), "by": who.id, "as": role},
        "cases": disposal.written(proposal.items),
        **({"consumers": gone} if (gone := _consumers(rulebook, judged)) else {}),
        "counts": past.counts((one, rulebook.calendar(one.policy.calendar)) for one in judged),
    }
    path = Path(rulebook.root, disposal.path_of(disposal.CERTIFICATES, proposal.id))
    files.create(path, (HEAD.format(kind="certificate") + yamltext.write(data)).encode())
    return disposal.certificate(data)
