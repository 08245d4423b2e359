"""Personal data are found in texts of many languages, and what only looks like them is let be."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from caseledger import register
from caseledger.leaks import Kind, Texts, addresses, leaks, masked, plainly
from caseledger.leaks.allowed import load
from caseledger.rulebook import Rulebook
from tests import casework, mini
from tests.casework import CASE, case, event

FILES = sorted((Path(__file__).parent / "files" / "leaks").glob("*.tsv"))
SURE = {"email", "phone", "card", "iban", "identity", "link"}


class Line(NamedTuple):
    """A labelled text: what stands in it ("-": nothing), the market of its case, the text."""

    kinds: frozenset[str]
    market: str
    text: str


def lines() -> list[Line]:
    split = [line.split("\t") for path in FILES for line in path.read_text("utf-8").splitlines()]
    return [Line(frozenset(kinds.split(",")) - {"-"}, market, text) for kinds, market, text in split]


def found(line: Line) -> frozenset[str]:
    return frozenset(
        leak.kind.name.lower() for leak in (*leaks(line.text, line.market), *addresses(plainly(line.text)))
    )


def measured(kinds: set[str]) -> tuple[float, float, list[str]]:
    """Precision, recall, and what was missed or found wrongly."""
    counts: Counter[str] = Counter()
    wrong = []
    for line in lines():
        wanted, got = line.kinds & kinds, found(line) & kinds
        counts.update(right=len(wanted & got), missed=len(wanted - got), alarms=len(got - wanted))
        if wanted != got:
            wrong.append(f"{line.market} {line.text}: {sorted(wanted)} {sorted(got)}")
    right = counts["right"]
    return right / (right + counts["alarms"]), right / (right + counts["missed"]), wrong


def test_the_labelled_set_is_large_and_of_many_languages() -> None:
    found = lines()
    assert len(found) >= 500
    assert len({line.text for line in found}) == len(found)
    assert len({line.market for line in found}) >= 30
    assert sum(not line.kinds for line in found) >= 200


@pytest.mark.parametrize(("kinds", "precision", "recall"), [(SURE, 0.99, 0.99), ({"address"}, 0.98, 0.98)])
def test_what_is_found_is_right_and_most_is_found(kinds: set[str], precision: float, recall: float) -> None:
    right, complete, wrong = measured(kinds)
    assert right >= precision, wrong
    assert complete >= recall, wrong


def test_what_the_case_names_itself_is_no_leak() -> None:
    text = "Orders 4111111111111111 and 13123456789, call 0701740612"
    assert [leak.kind for leak in leaks(text, "SE", frozenset({"4111111111111111", "13123456789"}))] == [Kind.PHONE]
    data = case(
        order={"number": "13123456789"}, product={"sku": "0701740612"}, carrier={"tracking": "4111111111111111"}
    )
    texts = Texts("case", data)
    assert texts.known == {
        "13123456789",
        "0701740612",
        "4111111111111111",
        "C202611037K3QD",
    }
    assert texts.words == "Zip tears after two days\nGlidelåsen røk etter to dager."
    assert "13123456789" in texts.names.splitlines()


def test_every_field_with_free_text_is_read() -> None:
    data = case(
        event("2026-11-03 09:12", "received", note="a"),
        event("2026-11-03 10:00", "investigated", conclusion="b", basis="c",
              responsible=[{"party": "carrier", "name": "d"}],
              root_cause={"method": "fishbone", "findings": {"people": ["e"], "machine": "f"}}),
        event("2026-11-03 11:00", "corrected", event={"at": "x", "type": "note"}, set={"note": "g"}, reason="h"),
        summary="i", description="j", translation={"en": "k"},
    )  # fmt: skip
    assert {free.text for free in Texts("case", data) if not free.number} == set("abcdefghijk")


@pytest.mark.parametrize(
    ("value", "shown"), [("kari.nordmann@example.no", "ka…no"), ("12345", "…"), ("+47 40 61 23 45", "+4…45")]
)
def test_a_mask_leaves_too_little_to_pass_on(value: str, shown: str) -> None:
    assert masked(value) == shown


def test_no_report_says_again_what_was_found(mini_repository: Path) -> None:
    number = "5555 5555 5555 4444"
    casework.put(mini_repository, case(description=f"Karte {number}"))
    (problem,) = mini.problems(mini_repository)
    assert problem.code == "personal-data"
    for language in ("zh", "en"):
        assert number not in problem.message.to(language) + problem.hint.to(language)
        assert "5555 5555" not in problem.message.to(language)


def test_names_of_files_are_read(mini_repository: Path) -> None:
    folder = casework.put(mini_repository, case()).with_suffix("")
    folder.mkdir()
    (folder / "kari.nordmann@example.no.eml").touch()
    (folder / "IMG_20261103_091234.jpg").touch()
    entries = register.read_all(mini_repository, mini.NOW)
    (problem,) = register.attached(Rulebook(mini_repository), entries)
    assert problem.path == f"cases/2026/11/{CASE}"
    assert problem.message.to("en") == "The name of the file ka…ml holds an e-mail address: ka…ml."


ALLOWED = """\
schema: 1
allowed:
  - value: kari.nordmann@example.no
    reason: Our own expert, named in the published report
    by: aud-01
    on: 2026-11-03
{where}"""


@pytest.mark.parametrize(
    ("where", "codes"),
    [
        ("", []),
        ("    where: cases/2026/11\n", []),
        ("    where: cases/2026/1\n", ["personal-data"]),
        ("    where: reviews\n", ["personal-data"]),
    ],
)
def test_what_is_allowed_may_stand_where_it_is_allowed(mini_repository: Path, where: str, codes: list[str]) -> None:
    (mini_repository / "policy/allowed-personal-data.yml").write_text(ALLOWED.format(where=where), "utf-8")
    casework.put(mini_repository, case(description="Kari.Nordmann@example.no"))
    assert [problem.code for problem in mini.problems(mini_repository)] == codes


def test_a_list_that_cannot_be_used_allows_nothing_and_says_why(mini_repository: Path) -> None:
    (mini_repository / "policy/allowed-personal-data.yml").write_text("schema: 1\nallowed: []\n", "utf-8")
    casework.put(mini_repository, case(description="Kari.Nordmann@example.no"))
    assert [problem.code for problem in mini.problems(mini_repository)] == ["personal-data", "schema-length"]


def test_numbers_are_allowed_however_they_are_grouped() -> None:
    entry = {"value": "+47 40 61 23 45", "reason": "Hotline", "by": "cs-01", "on": "2026-11-03"}
    assert load({"allowed": [entry]}).holds("+4740612345", "cases/x.yml")
    assert not load({"allowed": [entry]}).holds("+4740612346", "cases/x.yml")


@pytest.mark.parametrize(
    ("market", "text", "value"),
    [
        ("SE", "personnummer 19900101-2385", "19900101-2385"),
        ("FI", "hetu 131052A308T", "131052A308T"),
        ("KR", "02-2012-0123", "02-2012-0123"),
        ("NO", "Ring meg!\n13812345678", "13812345678"),
        ("DE", "max [at] example.de", "max [at] example.de"),
    ],
)
def test_a_number_that_looks_like_a_day_or_has_letters_in_it_is_found(market: str, text: str, value: str) -> None:
    assert [leak.value for leak in leaks(text, market)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "GB 18401-2010, Prüfung 2026-11-03, Rückruf unter 0171 3920012",
        "call 24:00   2026-11-05 and (2026-11-03 09:12)",
        "tel 2026-11-03 1234",
    ],
)
def test_days_and_standards_are_no_telephones_whatever_else_stands_there(text: str) -> None:
    assert {leak.value for leak in leaks(text, "DE")} <= {"0171 3920012"}
    assert not [leak for leak in leaks(text, "PL") if leak.value.startswith(("18401", "00", "(2026", "2026"))]


@pytest.mark.parametrize("around", ["({})", "„{}“", "{}; and so on", "note:{}!", "*{}*"])
@pytest.mark.parametrize("address", ["742 Evergreen Terrace", "c/ Serrano 45", "ul. Długa 5/7", "ATATÜRK CADDESİ 12"])
def test_an_address_is_found_whatever_signs_stand_around(address: str, around: str) -> None:
    assert [leak.value for leak in addresses(plainly(around.format(address)))] == [address]


def test_every_text_of_a_case_is_searched_for_itself(mini_repository: Path) -> None:
    casework.put(mini_repository, case(product={"sku": "0123"}, description="Ring +44 20 7946 0123"))
    casework.put(mini_repository, case(id="C-20261103-7K3QE", description="13812345678"))
    casework.put(mini_repository, case(id="C-20261103-7K3QF", product={"model": "kari (at) example.no"}))
    assert [problem.code for problem in mini.problems(mini_repository)] == ["personal-data"] * 3
