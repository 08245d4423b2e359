"""The rules about cases. Whoever adds to one asks no others."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from caseledger.problem import Problem, Rule
from caseledger.rules import (
    after_end,
    at_before_order,
    at_future,
    at_order,
    category_known,
    clock_known,
    correction_target,
    correction_value,
    event_after,
    event_role,
    event_unused,
    evidence_uri,
    extension_ineffective,
    grade_known,
    id_day,
    id_folder,
    id_stem,
    incomplete,
    pause_idle,
    person_known,
    personal_address,
    personal_data,
    policy_in_force,
    policy_known,
    received_first,
    related_known,
    role_held,
    role_known,
)
from caseledger.rules.context import CaseContext, Law


class CaseRule(Protocol):
    """A rule about one case file, whatever judges it."""

    RULE: Rule

    def check(self, context: CaseContext) -> Iterator[Problem]:
        """The findings in one case."""


class LawRule(Protocol):
    """A rule about one case file under the policy and the calendar that judge it."""

    RULE: Rule

    def check(self, context: CaseContext, law: Law) -> Iterator[Problem]:
        """The findings in one case."""


CASE_RULES: Sequence[CaseRule] = (
    id_stem,
    id_folder,
    policy_known,
    related_known,
    received_first,
    at_order,
    at_future,
    after_end,
    pause_idle,
    correction_target,
    correction_value,
    evidence_uri,
    personal_data,
    personal_address,
)
LAW_RULES: Sequence[LawRule] = (
    id_day,
    policy_in_force,
    category_known,
    at_before_order,
    event_unused,
    event_after,
    event_role,
    incomplete,
    role_known,
    person_known,
    role_held,
    grade_known,
    clock_known,
    extension_ineffective,
)


def check_case(context: CaseContext, law: Law | None) -> Iterator[Problem]:
    """What all rules find wrong with a case; without `law`, those that need none."""
    for rule in CASE_RULES:
        yield from rule.check(context)
    if law:
        for law_rule in LAW_RULES:
            yield from law_rule.check(context, law)
