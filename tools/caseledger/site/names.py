"""What policies call the names that stand in rows: a case's own policy for its grade and category, any for a role."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property

from caseledger.language import N_
from caseledger.policy import RESPONSIBLE, Policy
from caseledger.rulebook import Rulebook
from caseledger.site.rows import Row
from caseledger.site.words import Words


class Names:
    """The titles of one language; a template gets it as `names`."""

    def __init__(self, rulebook: Rulebook, words: Words) -> None:
        self.rulebook, self.words = rulebook, words

    def today(self, now: datetime) -> date:
        """The day of a moment where the company is: in the calendar of the policy for new cases."""
        return self.rulebook.local(now).date()

    @cached_property
    def policies(self) -> list[Policy]:
        """Every policy version; those of the repository's own profile first, the newest of each profile first."""
        own = self.rulebook.settings["profile"]
        found = [policy for name in self.rulebook.policy_names if (policy := self.rulebook.policy(name))]
        newest = sorted(found, key=lambda policy: policy.version, reverse=True)
        return sorted(newest, key=lambda policy: (policy.profile != own, policy.profile))

    @cached_property
    def _by_name(self) -> dict[str, Policy]:
        return {policy.name: policy for policy in self.policies}

    @cached_property
    def _roles(self) -> dict[str, str]:
        titles = {RESPONSIBLE: self.words.t(N_("Responsible department"))}
        for policy in self.policies:
            for role, title in policy.roles.items():
                titles.setdefault(role, title[self.words.language])
        return titles

    @cached_property
    def role_order(self) -> dict[str, int]:
        """The place of each role: as in the policies, the own profile's first."""
        return {role: place for place, role in enumerate(self._roles)}

    def role(self, role: str) -> str:
        """What a role is called."""
        return self._roles.get(role, role)

    def titles(self, of: Callable[[Policy], Mapping[str, Mapping[str, str]]]) -> dict[str, str]:
        """What names are called that several policies have; where they differ, by all that policies call them."""
        found: dict[str, dict[str, None]] = {}
        for policy in self.policies:
            for name, title in of(policy).items():
                found.setdefault(name, {})[title[self.words.language]] = None
        return {name: " / ".join(called) for name, called in found.items()}

    def policy(self, row: Row) -> Policy:
        """The policy that judges a case."""
        return self.named(row.policy)

    def named(self, name: str) -> Policy:
        """The policy version "profile@version", which there is."""
        return self._by_name[name]

    def grade(self, row: Row) -> str:
        """What the grade of a case is called."""
        return self.words.title(self.policy(row).grades, row.grade)

    def category(self, row: Row) -> str:
        """What the category of a case is called."""
        return self.words.title(self.policy(row).categories, row.category)
