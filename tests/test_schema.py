"""The schemas' findings: where, which code, in which words."""

import json

import pytest

from caseledger import schema, yamltext
from caseledger.yamltext import Document
from caseledger.yamltext.reading import MOST

CASE = """\
schema: 1
id: C-20261103-7K3QD
policy: quality@2023-01-01
channel: email
market: NO
language: nb
category: product-quality
demand: refund
consumer: {ref: U-5J2M8Q1TZX}
order: {number: A1, placed: "2026-10-21", quantity: 1}
summary: Zip tears after two days
description: Glidelåsen røk etter to dager.
events:
  - at: 2026-11-03T09:12:00+08:00
    type: received
    by: cs-01
    as: customer-service
"""


def findings(kind: str, text: str) -> list[str]:
    """The findings about a text: place, code, message and hint."""
    document = yamltext.read(text.encode(), "some.yml")
    return [
        f"{p.place.line}:{p.place.column} {p.code} {p.message.to('en')} {p.hint.to('en')}"
        for p in schema.problems(kind, document)
    ]


def test_nothing_is_wrong() -> None:
    assert findings("case", CASE) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "market: NO\n",
            "",
            "1:1 schema-required market is missing. Add the key; docs/files.md says what it holds.",
        ),
        (
            "summary",
            "sumary: Zip\nsummary",
            "11:1 schema-unknown-key The key sumary is not known here. Did you mean summary?",
        ),
        (
            "summary",
            "state: open\nsummary",
            "11:1 schema-unknown-key The key state is not known here. Correct its spelling, or put the text into note.",
        ),
        (
            "A1",
            "42798",
            "10:17 schema-type order.number must be a text, not 42798. Put it in quotes: numbers, true, false"
            " and null are text only within quotes.",
        ),
        (
            "A1",
            "[A1]",
            '10:17 schema-type order.number must be a text, not ["A1"]. Write a value of the kind that is named.',
        ),
        (
            "A1",
            "null",
            "10:17 schema-type order.number must be a text, not null. Fill it in, or leave the key out.",
        ),
        (
            "quantity: 1",
            "quantity: one",
            '10:53 schema-type order.quantity must be a whole number, not "one". Write the number alone,'
            " without quotes or unit.",
        ),
        (
            "summary",
            "public_opinion: yes\nsummary",
            '11:17 schema-type public_opinion must be true or false, not "yes". Write true or false, without quotes.',
        ),
        (
            "email",
            "fax",
            "4:10 schema-value channel is fax, but must be one of: chat, email, marketplace, onsite, phone,"
            " post, social, web. Choose one of the values that are listed.",
        ),
        (
            "email",
            "' email'",
            '4:10 schema-value channel is " email", but must be one of: chat, email, marketplace, onsite,'
            " phone, post, social, web. Choose one of the values that are listed.",
        ),
        (
            "schema: 1",
            "schema: 2",
            "1:9 schema-value schema is 2, but must be 1. Choose one of the values that are listed.",
        ),
        (
            "2026-11-03T09:12:00+08:00",
            "2026-11-03 09:12",
            "14:9 schema-form events[0].at is 2026-11-03 09:12. Expected: RFC 3339 to the second, with its"
            " offset: 2026-11-03T09:12:00+08:00. Write it in the form that is named.",
        ),
        (
            "2026-11-03T",
            "2026-11-31T",
            "14:9 schema-form events[0].at is 2026-11-31T09:12:00+08:00: there is no such day. Check day and month.",
        ),
        (
            "2026-10-21",
            "2026-10-32",
            "10:29 schema-form order.placed is 2026-10-32. Expected: A day: 2026-11-03. Write it in the form"
            " that is named.",
        ),
        (
            "Zip tears after two days",
            "''",
            "11:10 schema-length summary is empty. Fill it in, or leave the key out.",
        ),
        (
            "Zip tears after two days",
            "' '",
            '11:10 schema-form summary is " ". Expected: One line of text. Write it in the form that is named.',
        ),
        (
            "Zip tears after two days",
            "x" * 301,
            "11:10 schema-length summary has more than 300 characters. Shorten it; what is long belongs in"
            " description, note or a file of evidence.",
        ),
        (
            "quantity: 1",
            "quantity: 0",
            "10:53 schema-range order.quantity is 0, but must be at least 1. Write a number within the limits.",
        ),
        (
            "summary",
            "related: [C-20261101-2M4XN, C-20261101-2M4XN]\nsummary",
            "11:10 schema-repeated related names the same thing twice. Keep one of the two.",
        ),
        (
            "summary",
            "translation: {en_GB: Torn}\nsummary",
            "11:15 schema-unknown-key The key translation.en_GB is not known here. Expected: BCP 47 tag: nb,"
            " zh-Hans. Correct its spelling, or put the text into note.",
        ),
        (
            "type: received",
            "type: followed-up\n    satisfaction: 6",
            "16:19 schema-range events[0].satisfaction is 6, but must be at most 5. Write a number within the limits.",
        ),
        (
            "type: received",
            "type: followed-up\n    satisfaction: good",
            '16:19 schema-type events[0].satisfaction must be a whole number, not "good". Write the number'
            " alone, without quotes or unit.",
        ),
        (
            "type: received",
            "type: investigation-started\n    team: [cs-01, QI]",
            "16:19 schema-form events[0].team[1] is QI. Expected: Lower-case letters, digits and hyphens."
            " Write it in the form that is named.",
        ),
        (
            "type: received",
            "type: corrected\n    event: {at: 2026-11-03T09:12:00+08:00, type: received}\n"
            "    set: {as: legal}\n    reason: x",
            "17:11 schema-unknown-key The key events[0].set.as may not stand here. Correct its spelling, or"
            " put the text into note.",
        ),
    ],
)
def test_a_finding(old: str, new: str, finding: str) -> None:
    assert CASE.count(old) == 1 or old in ("summary", "2026-11-03T")
    assert findings("case", CASE.replace(old, new, 1)) == [finding]


@pytest.mark.parametrize("text", ["- a\n", "text\n", "1\n", "null\n"])
def test_a_file_of_another_kind(text: str) -> None:
    assert findings("case", text)[0].startswith(
        "1:1 schema-type The file does not hold keys with values: it begins with schema: 1."
    )


def test_each_alternative_of_a_root_cause() -> None:
    def of(root_cause: str) -> list[str]:
        own = "conclusion: c\n    nature: other\n    responsible: [{party: company}]\n    basis: b\n    root_cause: "
        return findings("case", CASE.replace("type: received", f"type: investigated\n    {own}{root_cause}"))

    assert of("{method: 5-why, findings: Torn}") == []
    assert of("{method: 5-why, findings: [Torn, Cheap]}") == []
    assert of("{method: 5-why, findings: {man: Torn, machine: [Cheap]}}") == []
    assert of("{method: 5-why, findings: 1}") == [
        "20:43 schema-type events[0].root_cause.findings must be a text, not 1."
        " Put it in quotes: numbers, true, false and null are text only within quotes."
    ]
    assert of("{method: 5-why, findings: [Torn, 1]}") == [
        "20:50 schema-type events[0].root_cause.findings[1] must be a text, not 1."
        " Put it in quotes: numbers, true, false and null are text only within quotes."
    ]
    assert of("{method: 5-why, findings: {man: []}}") == [
        "20:49 schema-length events[0].root_cause.findings.man is empty. Fill it in, or leave the key out."
    ]


def test_all_findings_are_named_once() -> None:
    text = CASE.replace("email", "fax").replace("NO\n", "no\n").replace("    by: cs-01\n", "").replace("A1", '""')
    assert [line.split()[:2] for line in findings("case", text)] == [
        ["4:10", "schema-value"],
        ["5:9", "schema-form"],
        ["10:17", "schema-length"],
        ["14:5", "schema-required"],
    ]


def test_no_more_than_a_hundred_findings_are_named() -> None:
    assert len(findings("case", CASE + "".join(f"key{number}: 1\n" for number in range(1000)))) <= MOST


def test_a_long_value_is_cut() -> None:
    (finding,) = findings("case", CASE.replace("email", "e" * 100))
    assert finding.startswith("4:10 schema-value channel is " + "e" * 59 + "…, but must be one of: chat, ")


@pytest.mark.parametrize("kind", [*schema.KINDS, "event"])
def test_a_schema_is_one(kind: str) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema.schema(kind))


def test_white_space_is_decided_once() -> None:
    data = yamltext.read(CASE.encode(), "some.yml").data | {"summary": "\ufeff"}
    text = json.dumps(data, ensure_ascii=False)
    assert not schema.valid("case", data)
    assert [p.code for p in schema.problems("case", Document("some.yml", text.encode(), text, data))] == ["schema-form"]


def test_an_event_by_itself() -> None:
    event = {"at": "2026-11-03T09:12:00+08:00", "type": "graded", "by": "cs-01", "as": "customer-service"}
    assert not schema.valid("event", event)
    assert schema.valid("event", event | {"grade": "major", "reason": "Several orders"})
    assert schema.event_fields("graded")[0] == ["grade", "reason"]
