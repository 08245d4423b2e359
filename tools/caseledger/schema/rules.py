"""What a schema finds wrong with a file, each with code and hint."""

from caseledger.language import N_
from caseledger.problem import Rule

REQUIRED = Rule(
    "schema-required",
    N_("A required key is missing."),
    N_("Add the key; docs/files.md says what it holds."),
    "- at: 2026-11-03T09:12:00+08:00\n  type: received\n  as: customer-service",
)
UNKNOWN = Rule(
    "schema-unknown-key",
    N_("A key is not known here."),
    N_("Correct its spelling, or put the text into note."),
    "sumary: Zip tears",
)
TYPE = Rule(
    "schema-type",
    N_("A value is of the wrong kind."),
    N_("Write a value of the kind that is named."),
    "order: {number: 42798}",
)
VALUE = Rule(
    "schema-value",
    N_("A value is not one of those allowed."),
    N_("Choose one of the values that are listed."),
    "channel: fax",
)
FORM = Rule(
    "schema-form",
    N_("A text does not have the form that is asked for."),
    N_("Write it in the form that is named."),
    "at: 2026-11-03 09:12",
)
LENGTH = Rule(
    "schema-length",
    N_("A value is empty, too short or too long."),
    N_("Fill it in, or leave the key out."),
    'summary: ""',
)
RANGE = Rule(
    "schema-range",
    N_("A number is too small or too large."),
    N_("Write a number within the limits."),
    "satisfaction: 6",
)
REPEATED = Rule(
    "schema-repeated",
    N_("A list names the same thing twice."),
    N_("Keep one of the two."),
    "related: [C-20261101-2M4XN, C-20261101-2M4XN]",
)
RULES = (REQUIRED, UNKNOWN, TYPE, VALUE, FORM, LENGTH, RANGE, REPEATED)
