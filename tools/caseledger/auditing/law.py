"""By what a change is judged: policies, calendars, people and settings of the base and of the head, and its moment."""

from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from caseledger import seal, seals
from caseledger.calendar import Calendar
from caseledger.errors import Refused
from caseledger.history import commits
from caseledger.history.checkout import Checkout
from caseledger.history.commits import Commit
from caseledger.history.repository import Repository
from caseledger.history.span import Span
from caseledger.people import People
from caseledger.policy import Policy
from caseledger.rulebook import Rulebook
from caseledger.seals import Archive
from caseledger.yamltext import Document


class Law:
    """The law of a range, laid out below `folder` when it is first asked for.

    `landing` is when the change comes into the protected branch, where that is known; nothing is later than `latest`.
    """

    def __init__(
        self, repository: Repository, span: Span, folder: Path, landing: datetime | None, latest: datetime | None
    ) -> None:
        self._repository = repository
        self._span = span
        self._folder = folder
        self._landing = landing
        self._latest = latest

    @cached_property
    def head(self) -> Checkout:
        """The law at the head."""
        return Checkout(self._repository, self._span.head, self._folder / "head")

    @cached_property
    def base(self) -> Checkout:
        """The law by which a change is judged: that of the base, of the head where there is no base yet."""
        if not self._span.base:
            return self.head
        return Checkout(self._repository, self._span.base, self._folder / "base")

    @cached_property
    def people(self) -> People:
        """Who held which role by the base; by the head where the base names nobody yet."""
        for checkout in (self.base, self.head):
            try:
                return checkout.rulebook.people
            except Refused:
                continue
        return People({})

    def of(self, document: Document) -> tuple[Policy, Calendar] | None:
        """What judges a case: by the base, or by the head where the base does not know its policy yet."""
        for checkout in (self.base, self.head):
            try:
                policy = checkout.rulebook.policy(str(document.data.get("policy")))
                if policy:
                    return policy, checkout.rulebook.calendar(policy.calendar)
            except Refused:
                continue
        return None

    def moment(self, commit: Commit) -> datetime:
        """When a commit counts as made: not before the base that it comes onto, nor, where known, its landing."""
        return max(filter(None, [commit.committed, self._base_time, self._landing]))

    def earliest(self, commit: Commit) -> datetime:
        """When a commit was made at the latest, whatever it says itself: what is to be over was over by then."""
        return min(filter(None, [commit.authored, commit.committed, self._landing, self._latest]))

    def archive(self, checkout: Checkout) -> Archive:
        """The archive at the base or the head."""
        checkout.write_paths([seal.FOLDER], largest=seal.LARGEST)
        return seals.read(checkout.folder)

    def day(self, commit: Commit, calendar: Calendar | None = None) -> date:
        """The day of that moment in a calendar, by default that of the repository's own profile."""
        calendar = calendar or self._calendar
        moment = self.moment(commit)
        return calendar.day_of(moment) if calendar else moment.date()

    @cached_property
    def _base_time(self) -> datetime | None:
        base = self._span.base
        return next(commits.read(self._repository, [base])).committed if base else None

    @cached_property
    def _calendar(self) -> Calendar | None:
        rulebook: Rulebook = self.base.rulebook
        try:
            name = rulebook.in_force(rulebook.settings["profile"], "9999-12-31")
            policy = rulebook.policy(name) if name else None
            return rulebook.calendar(policy.calendar) if policy else None
        except Refused:
            return None
