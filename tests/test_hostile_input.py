"""Whatever a file holds, it is read or refused with a message that both languages can show; nothing else happens."""

import copy
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from caseledger import casefile, model, schema, yamltext
from caseledger.errors import Refused
from caseledger.language import LANGUAGES, Text
from caseledger.problem import Problem
from caseledger.rulebook import Rulebook
from caseledger.rules import every
from caseledger.yamltext import Document
from caseledger.yamltext.reading import FORBIDDEN
from tests import mini
from tests.effort import examples

CODES = {rule.code for rule in every.ALL}
FORBIDDEN_CHARACTERS = "".join(character for code in range(0x10000) if FORBIDDEN.match(character := chr(code)))
TEXT = st.text(st.characters(codec="utf-8", exclude_characters=FORBIDDEN_CHARACTERS))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(1 - 10**18, 10**18 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
ROOMY = settings(
    max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def look(raw: bytes) -> Document | None:
    """The document, or None once the refusal has been found to be a clean one."""
    try:
        return yamltext.read(raw, "some.yml")
    except Refused as refused:
        assert_clean(refused.problems, raw)
        return None


def assert_clean(problems: Sequence[Problem], raw: bytes) -> None:
    """Some problem, and each has a known code, a place in the file, and a message and a hint in both languages."""
    assert problems
    last = len(re.split(b"\r\n|\r|\n", raw))
    for problem in problems:
        assert problem.code in CODES
        assert 1 <= problem.place.line <= last
        assert problem.place.column >= 1
        for text in (problem.message, problem.hint):
            assert all(shown(text, language) for language in LANGUAGES)
        hash(problem)


def shown(text: Text, language: str) -> str:
    """The text in words, without line breaks of the file's."""
    words = text.to(language)
    assert len(words.splitlines()) == 1
    return words


def assert_kept(data: Any) -> None:
    """What is written is read back as the same."""
    text = yamltext.write(data)
    assert yamltext.read(text.encode(), "some.yml").data == data


def unmarked(text: str) -> str:
    """The input of a test of the YAML test suite, with the characters that its marks stand for."""
    text = re.sub("—*»", "\t", text).replace("␣", " ").replace("←", "\r").replace("⇔", "\ufeff").replace("↵", "")
    return re.sub("∎\n?$", "", text)


def suite(shared: Path) -> Iterator[str]:
    """Every input of the YAML test suite."""
    for path in sorted((shared / "data" / "yaml-test-suite").glob("*.yaml")):
        for entry in yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader):  # noqa: S506 - makes texts only
            if "yaml" in entry:
                yield unmarked(entry["yaml"])


def naughty(shared: Path) -> list[str]:
    """The big list of naughty strings."""
    found: list[str] = json.loads((shared / "data" / "blns.json").read_text("utf-8"))
    return found


def test_the_yaml_test_suite(shared: Path) -> None:
    inputs = list(suite(shared))
    assert len(inputs) > 350
    accepted = [document for text in inputs if (document := look(text.encode()))]
    assert len(accepted) > 150
    for document in accepted:
        if isinstance(document.data, dict | list):
            assert_kept(document.data)


def test_the_yaml_test_suite_as_text_of_a_case(shared: Path) -> None:
    for text in suite(shared):
        if not FORBIDDEN.search(text):
            assert_kept({"description": text, "translation": {"en": text}, "events": [{"note": text}]})


def test_naughty_strings_as_they_are_typed(shared: Path) -> None:
    for text in naughty(shared):
        for frame in ("summary: {}\n", "summary: '{}'\n", 'summary: "{}"\n', "summary: |\n  {}\n", "- {}\n", "{}: x\n"):
            look(frame.format(text).encode())


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """What judges the examples."""
    return Rulebook(mini.build(tmp_path_factory.mktemp("hostile") / "repository"))


EXAMPLES = [yamltext.read(path.read_bytes(), mini.CASE).data for path in sorted(mini.FILES.glob("pass/*.yml"))]


def free_text(part: Any, found: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The steps to every value of an example that may be any text, or any line of text."""
    found = schema.resolved("case", found)
    if "anyOf" in found:
        for choice in found["anyOf"]:
            yield from free_text(part, choice, steps)
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from free_text(
                value, found.get("properties", {}).get(key, found.get("additionalProperties", {})), (*steps, key)
            )
    elif isinstance(part, list):
        for number, value in enumerate(part):
            own = schema.event_fields(value["type"])[1] if steps == ("events",) else None
            inner = {"properties": {"note": {"$ref": "#/$defs/text"}, **own}} if own else found.get("items", {})
            yield from free_text(value, inner, (*steps, number))
    elif found in (schema.schema("case")["$defs"]["text"], schema.schema("case")["$defs"]["line"]):
        yield steps


def put(data: Any, steps: tuple[str | int, ...], value: object) -> None:
    """Put a value where the steps lead."""
    for step in steps[:-1]:
        data = data[step]
    data[steps[-1]] = value


def test_naughty_strings_in_every_field_of_free_text(shared: Path, rulebook: Rulebook) -> None:
    fields = [list(free_text(data, schema.schema("case"))) for data in EXAMPLES]
    reached = {
        (data["events"][s[1]]["type"], *s[2:]) if s[0] == "events" else s
        for data, f in zip(EXAMPLES, fields, strict=True)
        for s in f
    }
    assert len(reached) >= 50
    for text in naughty(shared):
        for data, places in zip(EXAMPLES, fields, strict=True):
            if len(places) > 12:
                case = copy.deepcopy(data)
                for steps in places:
                    put(case, steps, text)
                document = look(as_json(case).raw)
                assert (document is None) == bool(FORBIDDEN.search(text))
                if document:
                    assert document.data == case
                    if problems := casefile.examine(rulebook, mini.NOW, document):
                        assert_clean(problems, document.raw)


def test_naughty_strings_are_written_and_read(shared: Path) -> None:
    for text in naughty(shared):
        if FORBIDDEN.search(text):
            with pytest.raises(ValueError, match=r"U\+[0-9A-F]{4}"):
                yamltext.write({"summary": text})
        else:
            assert_kept({"summary": text, "events": [{"note": text}]})


def as_json(data: Any) -> Document:
    """The data as the file of a case would hold it."""
    text = json.dumps(data, ensure_ascii=False)
    return Document(mini.CASE, text.encode(), text, data)


@ROOMY
@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf\xef\xbb\xbfa: 1")
@example(b"a: \xed\xa0\x80")
def test_any_bytes(raw: bytes) -> None:
    look(raw)


YAMLISH = st.lists(
    st.sampled_from(
        [
            *"aA1-:?,[]{}#&*!|>'\"%@` \t\n\r\u2028\u0085",
            "\r\n",
            "- ",
            ": ",
            "\n  ",
            "---\n",
            "...",
            "<<",
            "null",
            "!!",
            "\\x",
            "\\u202e",
            "é",
            "🙂",
            "\ufeff",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=examples(1000), deadline=None)
@given(YAMLISH)
@example("? |\n  a\n: b\n")
@example("a: |\n\u2028 b\n")
def test_anything_like_yaml(text: str) -> None:
    document = look(text.encode())
    if document and isinstance(document.data, dict | list):
        assert_kept(document.data)
        document.place("a", 0, "b")


@ROOMY
@given(TEXT)
@example("\ta\nb")
@example(" a\n b\n\n")
@example("a\u2028b\u2029\n")
@example("\r\n\r")
@example("\ufeffa")
@example("a\n---\nb")
@example("#\n# ")
def test_any_text_is_kept(text: str) -> None:
    assert_kept({"description": text, text: [text], "note": {"a": text}})


@ROOMY
@given(st.dictionaries(TEXT, JSON, min_size=1, max_size=5) | st.lists(JSON, max_size=5))
def test_any_document_is_kept(data: Any) -> None:
    assert_kept(data)


@st.composite
def mutants(draw: st.DrawFn) -> Any:
    """A right case in which a few values were replaced, taken away or added."""
    data = copy.deepcopy(draw(st.sampled_from(EXAMPLES)))
    for _ in range(draw(st.integers(1, 3))):
        part = data
        while isinstance(part, dict | list) and part:
            step = draw(st.sampled_from(list(part) if isinstance(part, dict) else range(len(part))))
            if not isinstance(part[step], dict | list) or draw(st.integers(0, 3)) == 0:
                break
            part = part[step]
        else:
            continue
        match draw(st.integers(0, 3)):
            case 0:
                del part[step]
            case 1 if isinstance(part, dict):
                part[draw(TEXT)] = draw(JSON)
            case 2:
                part[step] = copy.deepcopy(draw(LIKELY))
            case _:
                part[step] = draw(JSON)
    return data


LIKELY: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, False, 0, 1, 1.0, -1, 5, 6, 1e300, [], {}, [[]], [1, True], ["a", "a"], {"a": None}),
        *("", " ", "a", "a\n", "\ufeff", "\u180e", "\u00a0", "C-20261103-7K3QD", "quality@2023-01-01", "10 wd", "99 y"),
        *("received", "corrected", "graded", "cs-01", "customer-service", "NO", "9" * 13, "2026-11-03", "2026-02-30"),
        *("2026-11-03T09:12:00+08:00", "2026-11-03T09:12:00Z", "2026-11-03T23:59:60Z", "2026-11-03T09:12:00-00:00"),
        *("2026-11-03T09:12:00+23:59", "1000-01-01T00:00:00+23:59", "2999-12-31T23:59:59-23:59"),
    ]
)


@settings(max_examples=examples(500), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutants())
def test_a_case_that_went_wrong(rulebook: Rulebook, data: Any) -> None:
    document = as_json(data)
    problems = schema.problems("case", document)
    assert schema.valid("case", data) == (not problems)
    if not problems:
        assert len(model.case(data).events) == len(data["events"])
    if found := problems or casefile.examine(rulebook, mini.NOW, document):
        assert_clean(found, document.raw)


@pytest.mark.parametrize("kind", [*schema.KINDS, "event"])
@ROOMY
@given(JSON)
def test_any_data(kind: str, data: Any) -> None:
    document = as_json(data)
    problems = schema.problems(kind, document)
    assert schema.valid(kind, data) == (not problems)
    if problems:
        assert_clean(problems, document.raw)
