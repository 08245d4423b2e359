"""Strict YAML: what is read, what is refused and where, and what is written."""

import pytest

from caseledger.errors import Refused
from caseledger.problem import Place, Rule
from caseledger.yamltext import Document, read, rules, write
from caseledger.yamltext.reading import LARGEST, MOST


def data(text: str) -> object:
    """What is read from a text."""
    return read(text.encode(), "some.yml").data


def refusal(raw: bytes) -> list[str]:
    """The findings of a refusal: place, code, message and hint."""
    with pytest.raises(Refused, match="cannot be read") as caught:
        read(raw, "some.yml")
    assert caught.value.text.to("en") == "some.yml cannot be read."
    return [
        f"{p.path}:{p.place.line}:{p.place.column} {p.code} {p.message.to('en')} {p.hint.to('en')}"
        for p in caught.value.problems
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-0", 0),
        ("-12", -12),
        ("999999999999999999", 999999999999999999),
        ("-999999999999999999", -999999999999999999),
        ("1.50", 1.5),
        ("-1e3", -1000.0),
        ("1E-2", 0.01),
        ("NO", "NO"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("True", "True"),
        ("Null", "Null"),
        ("~", "~"),
        ("", ""),
        ("00123456", "00123456"),
        ("+1", "+1"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        (".5", ".5"),
        ("1.", "1."),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("12:30", "12:30"),
        ("2026-11-03", "2026-11-03"),
        ("2026-11-03T09:12:00+08:00", "2026-11-03T09:12:00+08:00"),
        ("=", "="),
        ("١٢", "١٢"),
        ("'null'", "null"),
        ('"1"', "1"),
        ('"\\u00e5\\x41\\n"', "åA\n"),
        ("|\n  a\n  \tb\n", "a\n\tb\n"),
        (">-\n  a\n  b\n", "a b"),
        ("[a, 1, null]", ["a", 1, None]),
        ("{a: 1, b: {c: d}}", {"a": 1, "b": {"c": "d"}}),
    ],
)
def test_plain_scalars_are_read_as_in_json(text: str, value: object) -> None:
    found = data(f"key: {text}\n")
    assert found == {"key": value}
    assert isinstance(found, dict)
    assert type(found["key"]) is type(value)


def test_a_bom_is_kept_and_not_read() -> None:
    document = read(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "some.yml")
    assert document.raw == b"\xef\xbb\xbfa: 1\r\nb: 2\r\n"
    assert document.text == "a: 1\r\nb: 2\r\n"
    assert document.data == {"a": 1, "b": 2}
    assert document.place("b") == Place(2, 4)


def test_32_levels_are_read_and_33_are_not() -> None:
    assert data("[" * 32 + "]" * 32) is not None
    assert refusal(b"[" * 33 + b"]" * 33) == [
        "some.yml:1:33 yaml-depth The value is nested more than 32 deep. Write the value flatter."
    ]


def test_one_mebibyte_is_read_and_a_byte_more_is_not() -> None:
    assert data("#" * (LARGEST - 2) + "\n1") == 1
    assert refusal(b"#" * (LARGEST + 1)) == [
        "some.yml:1:1 yaml-size The file has 1048577 bytes; at most 1048576 are read."
        " Keep long documents as evidence files and name them in the case."
    ]


@pytest.mark.parametrize(
    ("raw", "finding"),
    [
        (b"a: Caf\xe9", "1:7 yaml-encoding Byte E9 does not belong here in UTF-8. Save the file as UTF-8."),
        (
            b"\xff\xfea\x00",
            "1:4 yaml-encoding Here is a zero byte: the file is not text, or is saved as UTF-16."
            " Save the file as UTF-8.",
        ),
        (
            b"\xef\xbb\xbfa: \x1b",
            "1:4 yaml-character The character U+001B is not allowed."
            " Delete the character; it is invisible in most editors.",
        ),
        (b"a:\r\n\tb: 1", "2:1 yaml-tab The line is indented with a tab. Indent with spaces, two for each level."),
        (
            b"a: !!str 1",
            "1:4 yaml-tag The tag !!str is used. Delete the tag; if the ! belongs to the text, put the text in quotes.",
        ),
        (b"a: 1\na: 2", "2:1 yaml-duplicate-key The key a is given twice. Keep one of the two lines."),
        (b"true: 1", "1:1 yaml-key This key is not a text. Put the key in quotes."),
        (b"<<: {}", "1:1 yaml-merge-key The merge key << is used. Write the keys out."),
        (
            b"a: &x 1",
            "1:4 yaml-anchor The anchor &x is set."
            " Write the value out; if the & belongs to the text, put the text in quotes.",
        ),
        (
            b"a: *x",
            "1:4 yaml-alias The alias *x is used."
            " Write the value out; if the * belongs to the text, put the text in quotes.",
        ),
        (
            b"a\n---\nb",
            "2:1 yaml-documents A second document begins here."
            " Keep one document in a file: delete everything from the second --- on.",
        ),
        (
            b"a: 1e999",
            "1:4 yaml-number The number is too large to be kept exactly."
            " Put it in quotes: numbers of orders and parcels are text.",
        ),
        (
            b"a: b: c",
            "1:5 yaml-syntax This cannot be read as YAML: mapping values are not allowed in this context."
            " A text that holds a colon and a space must stand in quotes.",
        ),
        (
            b"a: 'b\n\nc: d\n",
            "1:4 yaml-syntax This cannot be read as YAML: found unexpected end of stream."
            " A quote is opened and never closed.",
        ),
    ],
)
def test_what_could_surprise_is_refused(raw: bytes, finding: str) -> None:
    assert refusal(raw) == [f"some.yml:{finding}"]


def test_everything_that_is_refused_is_named() -> None:
    assert [line.split()[:2] for line in refusal(b"a: &x 1\nb: *x\na: !t 2\n")] == [
        ["some.yml:1:4", "yaml-anchor"],
        ["some.yml:2:4", "yaml-alias"],
        ["some.yml:3:4", "yaml-tag"],
        ["some.yml:3:1", "yaml-duplicate-key"],
    ]


def test_no_more_than_a_hundred_findings_are_named() -> None:
    assert len(refusal(b"\x07" * 1000)) == MOST
    assert len(refusal(b"- *a\n" * 1000)) == MOST


def test_a_long_name_is_cut() -> None:
    assert refusal(b"a: !" + b"x" * 500)[0].startswith("some.yml:1:4 yaml-tag The tag !" + "x" * 58 + "… is used.")


TEXT = """\
# 事件
order: {number: A1, amount: {value: "1"}}
"quoted key": 1
events:
  - at: "09:12"
    note: |
      a\u2028b
  -   at: "10:40"
"""


@pytest.mark.parametrize(
    ("steps", "key", "line", "column"),
    [
        ((), False, 2, 1),
        (("order",), False, 2, 8),
        (("order",), True, 2, 1),
        (("order", "amount", "value"), False, 2, 37),
        (("order", "amount", "value"), True, 2, 30),
        (("quoted key",), False, 3, 15),
        (("events", 0), False, 5, 5),
        (("events", 0, "note"), False, 6, 11),
        (("events", 1, "at"), False, 8, 11),
        (("events", 1, "type"), False, 8, 7),
        (("events", 9), False, 5, 3),
        (("nothing",), False, 2, 1),
        (("order", "number", "deeper"), False, 2, 17),
    ],
)
def test_a_value_is_found(steps: tuple[str | int, ...], key: bool, line: int, column: int) -> None:
    assert read(TEXT.encode(), "some.yml").place(*steps, key=key) == Place(line, column)


def test_an_empty_file_has_a_place() -> None:
    assert Document("some.yml", b"", "", None).place("a") == Place(1, 1)


def test_writing() -> None:
    case = {
        "id": "C-20261103-7K3QD",
        "market": "NO",
        "number": "00123456",
        "placed": "2026-10-21",
        "count": "1",
        "answer": "null",
        "empty": "",
        "share": 70,
        "order": {"number": "302: 4", "amount": {"value": "499.00", "currency": "NOK"}},
        "description": "Glidelåsen røk\n\n  etter to dager …\n",
        "related": ["C-20261101-2M4XN"],
        "nothing": [],
        "events": [
            {"at": "2026-11-03T09:12:00+08:00", "type": "received", "files": [{"name": "zip.jpg", "size": 1}]},
            {"at": "2026-11-03T09:12:00+08:00", "type": "note", "note": "Ja 👍"},
        ],
    }
    text = write(case)
    assert (
        text
        == """\
id: C-20261103-7K3QD
market: "NO"
number: "00123456"
placed: "2026-10-21"
count: "1"
answer: "null"
empty: ""
share: 70
order:
  number: '302: 4'
  amount:
    value: "499.00"
    currency: NOK
description: |
  Glidelåsen røk

    etter to dager …
related: [C-20261101-2M4XN]
nothing: []
events:
  - at: "2026-11-03T09:12:00+08:00"
    type: received
    files:
      - name: zip.jpg
        size: 1
  - at: "2026-11-03T09:12:00+08:00"
    type: note
    note: Ja 👍
"""
    )
    assert data(text) == case


def test_what_may_not_be_read_is_not_written() -> None:
    with pytest.raises(ValueError, match=r"^U\+202E$"):
        write({"events": [{"note": "a\u202eb"}]})
    with pytest.raises(ValueError, match=r"^U\+0000$"):
        write({"a\0": 1})


@pytest.mark.parametrize("rule", [rule for rule in rules.RULES if rule not in (rules.ENCODING, rules.SIZE)])
def test_the_example_of_a_rule_breaks_it(rule: Rule) -> None:
    assert rule.code in [line.split()[1] for line in refusal(rule.example.encode())]
