"""Files from outside: what kind they are, which may not be evidence, and what their names become."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caseledger import files, yamltext
from caseledger.errors import CannotGoOn
from caseledger.evidence import kinds, names, reading, screening
from tests import samples


def look(path: Path, raw: bytes, largest: str = screening.LARGEST) -> tuple[str, list[str]]:
    """The media type of a file, and why it may not be evidence."""
    path.write_bytes(raw)
    facts = reading.read(path)
    kind = kinds.media_type(facts)
    return kind, [str(text) for text in screening.objections(facts, kind, largest)]


@pytest.mark.parametrize("name", samples.PASS)
def test_these_may_be_evidence(name: str, tmp_path: Path) -> None:
    made, kind = samples.PASS[name]
    assert look(tmp_path / name, made()) == (kind, [])


@pytest.mark.parametrize("name", samples.FAIL)
def test_these_may_not_and_it_is_said_why(name: str, tmp_path: Path) -> None:
    made, why = samples.FAIL[name]
    assert look(tmp_path / name, made())[1] == [why]


def test_the_name_says_nothing_about_the_kind(tmp_path: Path) -> None:
    assert look(tmp_path / "picture.pdf", samples.picture())[0] == "image/jpeg"
    assert look(tmp_path / "report.jpg", samples.PDF)[0] == "application/pdf"


def test_a_large_file_is_refused_by_the_limit_of_the_settings(tmp_path: Path) -> None:
    raw = samples.picture() + bytes(1_000_000)
    assert look(tmp_path / "large.jpg", raw, "1 MB")[1] == ["The file has 2 MB; at most 1 MB are allowed."]
    assert look(tmp_path / "large.jpg", raw, "2 MB")[1] == []


def test_what_stands_across_two_chunks_is_found(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html>" + b" " * ((1 << 20) - 18) + b"<script>steal()</script>"
    assert look(tmp_path / "page.html", page) == ("text/html", ["The file is a page with scripts in it."])


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn) as refused:
        reading.read(tmp_path / "none.jpg")
    assert str(refused.value.text) == f"{tmp_path / 'none.jpg'} cannot be read: No such file or directory."


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("zip.jpg", "zip.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\zip.jpg", "zip.jpg"),
        ("zip\x00\n.jpg", "zip.jpg"),
        ("zip\u202egpj.exe", "zipgpj.exe"),
        ("-rf .jpg", "rf.jpg"),
        (".htaccess", "htaccess"),
        ("con.jpg", "_con.jpg"),
        ("LPT1", "_LPT1"),
        ("COM¹.txt", "_COM¹.txt"),
        ('a<b>:"|?*.jpg', "a_b______.jpg"),
        ("zip.jpg. .", "zip.jpg"),
        ("拉链　坏了.jpg", "拉链 坏了.jpg"),
        ("e\u0301.txt", "é.txt"),
        ("..", "file"),
        ("\u200b", "file"),
        ("a" * 300 + ".jpeg", "a" * 115 + ".jpeg"),
        ("拉" * 100 + ".jpg", "拉" * 65 + ".jpg"),
        ("a." + "b" * 300, "a." + "b" * 118),
    ],
)
def test_names_are_made_harmless(given_name: str, cleaned: str) -> None:
    assert names.clean(given_name) == cleaned


@given(st.text(st.characters(), max_size=300))
@example("con .jpg")
@example("\u037e")
@example(". -~nul")
@example("<\u0338")
def test_a_clean_name_is_harmless_everywhere_and_stays_as_it_is(name: str) -> None:
    found = names.clean(name)
    assert names.clean(found) == found
    assert 0 < len(found) <= names.LONGEST + 1
    assert len(found.encode()) <= 201
    assert not set(found) & set('/\\<>:"|?*')
    assert found[0] not in ".-~ "
    assert found[-1] not in ". "
    assert all(unicodedata.category(char)[0] != "C" for char in found)
    assert found.partition(".")[0].strip().lower() not in ("con", "nul", "com1", "lpt9")
    assert yamltext.read(yamltext.write({"name": found}).encode(), "").data == {"name": found}
    assert files.shown(Path("/folder") / found, Path("/folder")) == found
