"""Every rule that a file is checked by, as they are listed."""

from caseledger import schema
from caseledger.problem import Rule
from caseledger.rules import (
    archive_disposed,
    archive_number,
    archive_sealed,
    disposal_certificate,
    file_name,
    file_readable,
    grade_below_advice,
    hold_known,
    id_unique,
    policy_approved,
)
from caseledger.rules.of_cases import CASE_RULES, LAW_RULES
from caseledger.rules.of_files import FILE_RULES
from caseledger.rules.of_records import REVIEW_LAW_RULES, REVIEW_RULES
from caseledger.yamltext import rules as yaml

ALL: tuple[Rule, ...] = tuple(
    dict.fromkeys(  # those about texts are asked of cases and of records
        (
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
            *(rule.RULE for rule in REVIEW_RULES),
            *(rule.RULE for rule in REVIEW_LAW_RULES),
        )
    )
)
