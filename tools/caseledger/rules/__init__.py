"""Rules beyond the schema: one module each, with its code, its meaning and its `check`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from caseledger import schema
from caseledger.problem import Problem, Rule
from caseledger.rules import (
    after_end,
    archive_disposed,
    archive_number,
    archive_sealed,
    at_before_order,
    at_future,
    at_order,
    calendar_closed,
    calendar_dates,
    calendar_hours,
    calendar_hours_idle,
    calendar_name,
    calendar_zone,
    category_known,
    clock_known,
    correction_target,
    correction_value,
    disposal_certificate,
    event_after,
    event_role,
    event_unused,
    evidence_uri,
    extension_ineffective,
    file_name,
    file_readable,
    grade_below_advice,
    grade_known,
    hold_known,
    id_day,
    id_folder,
    id_stem,
    id_unique,
    incomplete,
    pause_idle,
    people_dates,
    people_email,
    person_known,
    personal_address,
    personal_data,
    policy_advice,
    policy_approved,
    policy_calendar,
    policy_fact,
    policy_folder,
    policy_in_force,
    policy_known,
    policy_names,
    policy_pausable,
    policy_repeated,
    rates_dates,
    received_first,
    related_known,
    review_action_repeated,
    review_deadline,
    review_held,
    review_kind,
    review_order,
    review_path,
    review_period,
    review_person,
    review_policy,
    review_published,
    review_role,
    review_verifier,
    role_held,
    role_known,
    settings_notices,
    settings_profile,
    settings_stores,
    settings_vault,
)
from caseledger.rules.context import CaseContext, Law
from caseledger.rules.review_context import ReviewContext, ReviewLaw
from caseledger.yamltext import Document
from caseledger.yamltext import rules as yaml


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


class FileRule(Protocol):
    """A rule about one policy, calendar, people or settings file."""

    RULE: Rule

    def check(self, document: Document, root: Path) -> Iterator[Problem]:
        """The findings in one file of the repository at `root`."""


class ReviewRule(Protocol):
    """A rule about one record of a periodic duty, whatever judges it."""

    RULE: Rule

    def check(self, context: ReviewContext) -> Iterator[Problem]:
        """The findings in one record."""


class ReviewLawRule(Protocol):
    """A rule about one record of a periodic duty under the policy and the people of its time."""

    RULE: Rule

    def check(self, context: ReviewContext, law: ReviewLaw) -> Iterator[Problem]:
        """The findings in one record."""


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
FILE_RULES: Mapping[str, Sequence[FileRule]] = {
    "settings": (settings_profile, settings_notices, settings_stores, settings_vault),
    "people": (people_dates, people_email),
    "rates": (rates_dates,),
    "allowed": (),
    "calendar": (
        calendar_name,
        calendar_zone,
        calendar_closed,
        calendar_hours,
        calendar_hours_idle,
        calendar_dates,
    ),
    "policy": (
        policy_folder,
        policy_names,
        policy_fact,
        policy_repeated,
        policy_pausable,
        policy_calendar,
        policy_advice,
    ),
}
REVIEW_RULES: Sequence[ReviewRule] = (
    review_path,
    review_policy,
    review_held,
    review_action_repeated,
    review_deadline,
    review_order,
    review_verifier,
    personal_data,
    personal_address,
)
REVIEW_LAW_RULES: Sequence[ReviewLawRule] = (
    review_kind,
    review_period,
    review_role,
    review_person,
    review_published,
)
FOR_TEXTS = (personal_data.RULE.code, personal_address.RULE.code)
"""Rules about the texts of cases and records alike."""
ALL: tuple[Rule, ...] = (
    *yaml.RULES,
    *schema.RULES,
    file_name.RULE,
    file_readable.RULE,
    id_unique.RULE,
    grade_below_advice.RULE,
    archive_number.RULE,
    archive_sealed.RULE,
    archive_disposed.RULE,
    disposal_certificate.RULE,
    hold_known.RULE,
    *(rule.RULE for rule in CASE_RULES),
    *(rule.RULE for rule in LAW_RULES),
    *(rule.RULE for rules in FILE_RULES.values() for rule in rules),
    policy_approved.RULE,
    *(rule.RULE for rule in REVIEW_RULES if rule.RULE.code not in FOR_TEXTS),
    *(rule.RULE for rule in REVIEW_LAW_RULES),
)
"""Every rule that a file is checked by."""


def check_case(context: CaseContext, law: Law | None) -> Iterator[Problem]:
    """What all rules find wrong with a case; without `law`, those that need none."""
    for rule in CASE_RULES:
        yield from rule.check(context)
    if law:
        for law_rule in LAW_RULES:
            yield from law_rule.check(context, law)


def check_review(context: ReviewContext, law: ReviewLaw | None) -> Iterator[Problem]:
    """What all rules find wrong with a record; without `law`, those that need none."""
    for rule in REVIEW_RULES:
        yield from rule.check(context)
    if law:
        for law_rule in REVIEW_LAW_RULES:
            yield from law_rule.check(context, law)
